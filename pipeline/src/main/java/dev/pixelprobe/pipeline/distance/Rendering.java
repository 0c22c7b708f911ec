package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokenizer;
import dev.pixelprobe.pipeline.data.LabelledImage;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/**
 * What an Image GPT sees of an image: in its size, and in its colours or not.
 *
 * @param modelDir the SavedModel directory with the palette
 * @param content what tells it from others: size, filter, and the palette if quantised
 */
record Rendering(String modelDir, boolean quantized, String content) implements Serializable {

  static Rendering of(String modelDir, ModelInfo model, boolean quantized) {
    String size = "%d px %s".formatted(model.architecture().nPx(), model.resample());
    String palette = quantized ? " palette " + model.requirePalette() : "";
    return new Rendering(modelDir, quantized, size + palette);
  }

  /** Renders each image; its id stays. */
  static final class RenderFn extends DoFn<LabelledImage, LabelledImage> {
    private final Rendering rendering;
    private transient @Nullable Tokenizer tokenizer;

    RenderFn(Rendering rendering) {
      this.rendering = rendering;
    }

    @Setup
    public void readPalette() throws IOException {
      Path dir = Source.of(rendering.modelDir).local();
      tokenizer = ModelInfo.read(dir).tokenizer(dir);
    }

    @ProcessElement
    public void render(@Element LabelledImage labelled, OutputReceiver<LabelledImage> rendered) {
      Tokenizer palette = Objects.requireNonNull(tokenizer, "@Setup reads it");
      RgbImage resized = palette.resize(labelled.image());
      RgbImage image =
          rendering.quantized ? palette.untokenize(palette.quantize(resized)) : resized;
      rendered.output(new LabelledImage(labelled.id(), labelled.label(), image));
    }
  }
}
