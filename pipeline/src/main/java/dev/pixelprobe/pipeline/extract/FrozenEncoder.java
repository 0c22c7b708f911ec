package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.model.encoder.EncoderInfo;
import dev.pixelprobe.model.encoder.ImageInput;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.LabelledImage;
import dev.pixelprobe.pipeline.data.Preparation;
import dev.pixelprobe.pipeline.data.ReadBatches;
import dev.pixelprobe.pipeline.features.FeatureColumn;
import dev.pixelprobe.pipeline.features.FeatureManifest;
import dev.pixelprobe.pipeline.job.Watch;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Outputs of any other SavedModel.
 *
 * @param palette of the small view that the baselines read
 */
public record FrozenEncoder(EncoderInfo encoder, Palette palette) implements FrozenModel {
  /** A view of the encoder's own 224 pixels or more would be most of the feature set. */
  private static final int MAX_VIEW_PX = 32;

  @Override
  public FeatureManifest.Model described() {
    int size = encoder.input().size();
    return new FeatureManifest.Model(
        encoder.name(),
        encoder.digest(),
        size == ImageInput.AS_IT_IS ? null : Integer.valueOf(size),
        null,
        null);
  }

  @Override
  public List<FeatureColumn> columns() {
    return encoder.outputs().stream()
        .map(output -> FeatureColumn.ofOutput(output.name(), output.dim()))
        .toList();
  }

  @Override
  public Precision precision() {
    return encoder.precision();
  }

  @Override
  public String input() {
    return encoder.input().describe();
  }

  @Override
  public Resample resample() {
    return encoder.input().resample();
  }

  @Override
  public String paletteDigest() {
    return palette.digest();
  }

  @Override
  public int colours() {
    return palette.size();
  }

  @Override
  public int viewPx() {
    int size = encoder.input().size();
    return size == ImageInput.AS_IT_IS ? MAX_VIEW_PX : Math.min(size, MAX_VIEW_PX);
  }

  @Override
  public Watch progress() {
    return Watch.outputs(LiveCounts.IMAGES, "Encode");
  }

  @Override
  public boolean scoresTestImages() {
    return false;
  }

  @Override
  public PTransform<PBegin, PCollectionTuple> extraction(DatasetPlan dataset, BatchSize batchSize) {
    return featuresAlone(dataset, Preparation.none(), batchSize);
  }

  @Override
  public PTransform<PBegin, PCollectionTuple> featuresAlone(
      DatasetPlan dataset, Preparation<LabelledImage> rendering, BatchSize batchSize) {
    ReadBatches<EncoderImage> reading =
        ReadBatches.of(
            dataset,
            new EncoderPreparation(encoder.input(), palette, viewPx()).after(rendering),
            EncoderImageCoder.of(),
            batchSize.images());
    return PTransform.compose(
        begin ->
            begin.apply("ReadImages", reading).apply("EncodeImages", EncodeImages.of(encoder)));
  }
}
