package dev.pixelprobe.pipeline.sample;

import dev.pixelprobe.model.ImageStart;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokenizer;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.data.ImageList;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Real images whose upper rows are given to the model, which draws the rest. Sample i completes
 * image i; with more samples than images it begins again with the first.
 *
 * @param rows how many, of the model's n_px
 * @param resize bring images of another size to the model's, by its own filter; else they are
 *     refused
 */
public record Primes(ImageList images, int rows, boolean resize) implements Serializable {

  /**
   * Reads the images that {@code count} samples need.
   *
   * @throws InvalidInputException if one cannot be used
   */
  public void check(long count, Tokenizer tokenizer) throws IOException {
    int nPx = tokenizer.nPx();
    if (rows < 1 || rows >= nPx) {
      throw new InvalidInputException(
          "--prime-rows: expected 1..%d rows of the model's %d, got %d"
              .formatted(nPx - 1, nPx, rows));
    }
    for (int number = 0; number < Math.min(count, images.size()); number++) {
      read(number, tokenizer);
    }
  }

  /** The image that a sample completes, in the model's size. */
  RgbImage original(long index, Tokenizer tokenizer) throws IOException {
    return read((int) (index % images.size()), tokenizer);
  }

  /** What is given of a sample. */
  ImageStart start(long index, Tokenizer tokenizer) throws IOException {
    short[] tokens = tokenizer.quantize(original(index, tokenizer)).toArray();
    return new ImageStart(index, Tokens.wrap(Arrays.copyOf(tokens, rows * tokenizer.nPx())));
  }

  private RgbImage read(int number, Tokenizer tokenizer) throws IOException {
    RgbImage image = images.read(number);
    int nPx = tokenizer.nPx();
    if (image.height() == nPx && image.width() == nPx) {
      return image;
    }
    if (!resize) {
      throw new InvalidInputException(
          "--prime %s: expected %d x %d pixels, got %d x %d; pass --resize or another image"
              .formatted(images.nameOf(number), nPx, nPx, image.height(), image.width()));
    }
    return tokenizer.resize(image);
  }
}
