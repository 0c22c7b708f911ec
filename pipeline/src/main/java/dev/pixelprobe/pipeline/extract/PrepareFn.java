package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokenizer;
import dev.pixelprobe.model.encoder.ImageInput;
import dev.pixelprobe.pipeline.data.LabelledImage;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/** Resizes an image twice: for the encoder, and to the small view that the baselines read. */
final class PrepareFn extends DoFn<LabelledImage, EncoderImage> {
  private final ImageInput input;
  private final float[] palette;
  private final int viewPx;
  private transient @Nullable Tokenizer tokenizer;

  PrepareFn(ImageInput input, Palette palette, int viewPx) {
    this.input = input;
    this.palette = palette.toArray();
    this.viewPx = viewPx;
  }

  @Setup
  public void makeTokenizer() {
    tokenizer = new Tokenizer(Palette.of(palette, "of the view"), viewPx, input.resample());
  }

  @ProcessElement
  public void prepare(@Element LabelledImage labelled, OutputReceiver<EncoderImage> prepared) {
    Tokenizer views = Objects.requireNonNull(tokenizer, "@Setup makes it");
    RgbImage pixels = views.resize(labelled.image());
    TokenizedImage view =
        new TokenizedImage(labelled.id(), labelled.label(), pixels, views.quantize(pixels));
    prepared.output(new EncoderImage(view, input.prepare(labelled.image())));
  }
}
