package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokenizer;
import dev.pixelprobe.pipeline.data.LabelledImage;
import dev.pixelprobe.pipeline.data.Preparation;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Resizes images to the model's n_px and replaces each pixel by its nearest palette colour.
 *
 * @param modelDir the SavedModel directory with palette, size and filter
 */
record Tokenizing(String modelDir) implements Preparation<TokenizedImage> {
  @Override
  public Function<LabelledImage, TokenizedImage> open() throws IOException {
    Path dir = Source.of(modelDir).local();
    Tokenizer tokenizer = ModelInfo.read(dir).tokenizer(dir);
    return labelled -> tokenized(labelled, tokenizer);
  }

  static TokenizedImage tokenized(LabelledImage labelled, Tokenizer tokenizer) {
    RgbImage pixels = tokenizer.resize(labelled.image());
    return new TokenizedImage(labelled.id(), labelled.label(), pixels, tokenizer.quantize(pixels));
  }
}
