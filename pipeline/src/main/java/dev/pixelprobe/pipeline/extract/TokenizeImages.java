package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokenizer;
import dev.pixelprobe.pipeline.data.LabelledImage;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/** Resizes images to the model's n_px and replaces each pixel by its nearest palette colour. */
public final class TokenizeImages
    extends PTransform<PCollection<LabelledImage>, PCollection<TokenizedImage>> {
  private final String modelDir;

  private TokenizeImages(String modelDir) {
    this.modelDir = modelDir;
  }

  /** With the palette, size and filter of the model in this SavedModel directory. */
  public static TokenizeImages forModel(String modelDir) {
    return new TokenizeImages(modelDir);
  }

  @Override
  public PCollection<TokenizedImage> expand(PCollection<LabelledImage> images) {
    return images
        .apply("Tokenize", ParDo.of(new TokenizeFn(modelDir)))
        .setCoder(TokenizedImageCoder.of());
  }

  static final class TokenizeFn extends DoFn<LabelledImage, TokenizedImage> {
    private final String modelDir;
    private transient Tokenizer tokenizer;

    TokenizeFn(String modelDir) {
      this.modelDir = modelDir;
    }

    @Setup
    public void readPalette() throws IOException {
      Path dir = Source.of(modelDir).local();
      tokenizer = ModelInfo.read(dir).tokenizer(dir);
    }

    @ProcessElement
    public void tokenize(
        @Element LabelledImage labelled, OutputReceiver<TokenizedImage> tokenized) {
      RgbImage pixels = tokenizer.resize(labelled.image());
      tokenized.output(
          new TokenizedImage(labelled.id(), labelled.label(), pixels, tokenizer.quantize(pixels)));
    }
  }
}
