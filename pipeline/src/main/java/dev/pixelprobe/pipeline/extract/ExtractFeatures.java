package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.model.Precision;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Runs the frozen model: one forward pass gives the features of all wanted layers, and for test
 * images the nats per token. Batches are a pure function of the ids. The outputs are those of
 * {@link Extracted}.
 */
public final class ExtractFeatures
    extends PTransform<PCollection<TokenizedImage>, PCollectionTuple> {
  private final String modelDir;
  private final List<LayerFeature> features;
  private final InputReading reading;
  private final Precision precision;
  private final int batchSize;
  private final boolean scoring;

  private ExtractFeatures(
      String modelDir,
      List<LayerFeature> features,
      InputReading reading,
      Precision precision,
      int batchSize,
      boolean scoring) {
    this.modelDir = modelDir;
    this.features = features;
    this.reading = reading;
    this.precision = precision;
    this.batchSize = batchSize;
    this.scoring = scoring;
  }

  /**
   * The features of one model.
   *
   * @param modelDir a SavedModel directory that every worker can read
   * @param batchSize images at a time; the last batch of a shard may be smaller
   */
  public static ExtractFeatures of(
      String modelDir,
      List<LayerFeature> features,
      InputReading reading,
      Precision precision,
      int batchSize) {
    return new ExtractFeatures(
        modelDir, List.copyOf(features), reading, precision, batchSize, true);
  }

  /** The same without the nats per token of test images. */
  public ExtractFeatures withoutScores() {
    return new ExtractFeatures(modelDir, features, reading, precision, batchSize, false);
  }

  @Override
  public PCollectionTuple expand(PCollection<TokenizedImage> images) {
    ExtractFn extract = new ExtractFn(modelDir, features, reading, precision, scoring);
    return Extracted.coded(
        images
            .apply("Batch", Batches.of(TokenizedImageCoder.of(), TokenizedImage::id, batchSize))
            .apply(
                "Extract",
                ParDo.of(extract).withOutputTags(Extracted.FEATURES, Extracted.letters())));
  }
}
