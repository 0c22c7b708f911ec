package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.Tokenizer;
import dev.pixelprobe.model.encoder.ImageInput;
import dev.pixelprobe.pipeline.data.LabelledImage;
import dev.pixelprobe.pipeline.data.Preparation;
import java.util.function.Function;

/** Resizes an image twice: for the encoder, and to the small view that the baselines read. */
final class EncoderPreparation implements Preparation<EncoderImage> {
  private final ImageInput input;
  private final float[] palette;
  private final int viewPx;

  /**
   * @param palette of the view
   * @param viewPx side of the view, in pixels
   */
  EncoderPreparation(ImageInput input, Palette palette, int viewPx) {
    this.input = input;
    this.palette = palette.toArray();
    this.viewPx = viewPx;
  }

  @Override
  public Function<LabelledImage, EncoderImage> open() {
    Tokenizer views = new Tokenizer(Palette.of(palette, "of the view"), viewPx, input.resample());
    return labelled ->
        new EncoderImage(Tokenizing.tokenized(labelled, views), input.prepare(labelled.image()));
  }
}
