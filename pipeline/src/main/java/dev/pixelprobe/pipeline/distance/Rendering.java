package dev.pixelprobe.pipeline.distance;

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
 * What an Image GPT sees of an image: in its size, and in its colours or not.
 *
 * @param modelDir the SavedModel directory with the palette
 * @param content what tells it from others: size, filter, and the palette if quantised
 */
record Rendering(String modelDir, boolean quantized, String content)
    implements Preparation<LabelledImage> {

  static Rendering of(String modelDir, ModelInfo model, boolean quantized) {
    String size = "%d px %s".formatted(model.architecture().nPx(), model.resample());
    String palette = quantized ? " palette " + model.requirePalette() : "";
    return new Rendering(modelDir, quantized, size + palette);
  }

  /** The image's id stays. */
  @Override
  public Function<LabelledImage, LabelledImage> open() throws IOException {
    Path dir = Source.of(modelDir).local();
    Tokenizer tokenizer = ModelInfo.read(dir).tokenizer(dir);
    return labelled ->
        new LabelledImage(labelled.id(), labelled.label(), rendered(labelled.image(), tokenizer));
  }

  private RgbImage rendered(RgbImage image, Tokenizer tokenizer) {
    RgbImage resized = tokenizer.resize(image);
    return quantized ? tokenizer.untokenize(tokenizer.quantize(resized)) : resized;
  }
}
