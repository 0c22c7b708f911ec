package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.encoder.EncoderInfo;
import dev.pixelprobe.pipeline.data.LabelledImage;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Runs a frozen encoder on images, in batches that are a pure function of the ids, and keeps a
 * small view of each image for the baselines. The outputs are those of {@link Extracted}.
 */
public final class EncodeImages extends PTransform<PCollection<LabelledImage>, PCollectionTuple> {
  private final EncoderInfo encoder;
  private final Palette palette;
  private final int viewPx;
  private final int batchSize;

  private EncodeImages(EncoderInfo encoder, Palette palette, int viewPx, int batchSize) {
    this.encoder = encoder;
    this.palette = palette;
    this.viewPx = viewPx;
    this.batchSize = batchSize;
  }

  /**
   * The features of one encoder.
   *
   * @param encoder whose directory every worker can read
   * @param palette of the view
   * @param viewPx side of the view, in pixels
   * @param batchSize images at a time; the last batch of a shard may be smaller
   */
  public static EncodeImages of(EncoderInfo encoder, Palette palette, int viewPx, int batchSize) {
    return new EncodeImages(encoder, palette, viewPx, batchSize);
  }

  @Override
  public PCollectionTuple expand(PCollection<LabelledImage> images) {
    return Extracted.coded(
        images
            .apply("Prepare", ParDo.of(new PrepareFn(encoder.input(), palette, viewPx)))
            .setCoder(EncoderImageCoder.of())
            .apply(
                "Batch", Batches.of(EncoderImageCoder.of(), image -> image.view().id(), batchSize))
            .apply(
                "Encode",
                ParDo.of(new EncodeFn(encoder))
                    .withOutputTags(Extracted.FEATURES, Extracted.letters())));
  }
}
