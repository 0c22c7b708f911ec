package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.pipeline.data.Batch;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Runs the frozen model: one forward pass gives the features of all wanted layers, and for test
 * images the nats per token. The outputs are those of {@link Extracted}.
 */
public final class ExtractFeatures
    extends PTransform<PCollection<Batch<TokenizedImage>>, PCollectionTuple> {
  private final String modelDir;
  private final List<LayerFeature> features;
  private final InputReading reading;
  private final Precision precision;
  private final boolean scoring;

  private ExtractFeatures(
      String modelDir,
      List<LayerFeature> features,
      InputReading reading,
      Precision precision,
      boolean scoring) {
    this.modelDir = modelDir;
    this.features = features;
    this.reading = reading;
    this.precision = precision;
    this.scoring = scoring;
  }

  /**
   * The features of one model.
   *
   * @param modelDir a SavedModel directory that every worker can read
   */
  public static ExtractFeatures of(
      String modelDir, List<LayerFeature> features, InputReading reading, Precision precision) {
    return new ExtractFeatures(modelDir, List.copyOf(features), reading, precision, true);
  }

  /** The same without the nats per token of test images. */
  public ExtractFeatures withoutScores() {
    return new ExtractFeatures(modelDir, features, reading, precision, false);
  }

  @Override
  public PCollectionTuple expand(PCollection<Batch<TokenizedImage>> batches) {
    ExtractFn extract = new ExtractFn(modelDir, features, reading, precision, scoring);
    return Extracted.coded(
        batches.apply(
            "Extract", ParDo.of(extract).withOutputTags(Extracted.FEATURES, Extracted.letters())));
  }
}
