package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.array.NpyReader;
import dev.pixelprobe.model.array.NpyType;
import java.io.IOException;
import java.nio.file.Path;

/** The images of an .npy file, uint8 [N, H, W, 3]. */
record ImageArray(String file, int size) implements ImageList {
  static ImageArray open(Path file) throws IOException {
    try (NpyReader reader = NpyReader.open(file)) {
      reader.shape().require("(N, H, W, 3)", "images " + file, "pass RGB images, channels last");
      if (reader.type() != NpyType.UINT8) {
        throw new InvalidInputException(
            "images %s: expected uint8, got %s; pass pixels of 0..255"
                .formatted(file, reader.type()));
      }
      return new ImageArray(file.toString(), reader.shape().dim(0));
    }
  }

  @Override
  public String nameOf(int number) {
    return "%s image %d".formatted(file, number);
  }

  @Override
  public ImageId idOf(int number) {
    String name = String.valueOf(Path.of(file).getFileName());
    return ImageId.inShard("images", Split.TEST, name, number);
  }

  @Override
  public void addTo(PlanDigest digest) throws IOException {
    digest.addFile(String.valueOf(Path.of(file).getFileName()), Path.of(file));
  }

  @Override
  public RgbImage read(int number) throws IOException {
    try (NpyReader reader = NpyReader.open(Path.of(file))) {
      reader.skip(number);
      NpyArray row = reader.next(1).orElseThrow();
      return RgbImage.wrap(row.shape().dim(1), row.shape().dim(2), row.toBytes());
    }
  }
}
