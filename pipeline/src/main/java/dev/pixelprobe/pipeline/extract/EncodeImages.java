package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.encoder.EncoderInfo;
import dev.pixelprobe.pipeline.data.Batch;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Runs a frozen encoder on images, and keeps a small view of each for the baselines. The outputs
 * are those of {@link Extracted}.
 */
final class EncodeImages extends PTransform<PCollection<Batch<EncoderImage>>, PCollectionTuple> {
  private final EncoderInfo encoder;

  private EncodeImages(EncoderInfo encoder) {
    this.encoder = encoder;
  }

  /**
   * The features of one encoder.
   *
   * @param encoder whose directory every worker can read
   */
  static EncodeImages of(EncoderInfo encoder) {
    return new EncodeImages(encoder);
  }

  @Override
  public PCollectionTuple expand(PCollection<Batch<EncoderImage>> batches) {
    return Extracted.coded(
        batches.apply(
            "Encode",
            ParDo.of(new EncodeFn(encoder))
                .withOutputTags(Extracted.FEATURES, Extracted.letters())));
  }
}
