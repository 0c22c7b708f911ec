package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.Resample;
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
 * Layers of an Image GPT.
 *
 * @param modelDir the SavedModel directory
 * @param features in the order wanted
 */
public record FrozenImageGpt(
    String modelDir,
    ModelInfo model,
    List<LayerFeature> features,
    InputReading reading,
    Precision precision)
    implements FrozenModel {
  public FrozenImageGpt {
    features = List.copyOf(features);
  }

  @Override
  public FeatureManifest.Model described() {
    Architecture architecture = model.architecture();
    return new FeatureManifest.Model(
        model.name(),
        model.digest(),
        architecture.nPx(),
        architecture.nLayer(),
        architecture.nEmbd());
  }

  @Override
  public List<FeatureColumn> columns() {
    return features.stream()
        .map(feature -> FeatureColumn.of(feature, model.architecture().nEmbd()))
        .toList();
  }

  @Override
  public String input() {
    return reading.label();
  }

  @Override
  public Resample resample() {
    return model.resample();
  }

  @Override
  public String paletteDigest() {
    return model.requirePalette();
  }

  @Override
  public int colours() {
    return model.architecture().colours();
  }

  @Override
  public int viewPx() {
    return model.architecture().nPx();
  }

  @Override
  public Watch progress() {
    return Watch.outputs(LiveCounts.IMAGES, "Extract");
  }

  @Override
  public boolean scoresTestImages() {
    return reading == InputReading.SOS;
  }

  @Override
  public PTransform<PBegin, PCollectionTuple> extraction(DatasetPlan dataset, BatchSize batchSize) {
    return through(dataset, Preparation.none(), batchSize, extractFeatures());
  }

  @Override
  public PTransform<PBegin, PCollectionTuple> featuresAlone(
      DatasetPlan dataset, Preparation<LabelledImage> rendering, BatchSize batchSize) {
    return through(dataset, rendering, batchSize, extractFeatures().withoutScores());
  }

  private PTransform<PBegin, PCollectionTuple> through(
      DatasetPlan dataset,
      Preparation<LabelledImage> rendering,
      BatchSize batchSize,
      ExtractFeatures extract) {
    ReadBatches<TokenizedImage> reading =
        ReadBatches.of(
            dataset,
            new Tokenizing(modelDir).after(rendering),
            TokenizedImageCoder.of(),
            batchSize.imagesFor(model.architecture()));
    return PTransform.compose(
        begin -> begin.apply("ReadImages", reading).apply("ExtractFeatures", extract));
  }

  private ExtractFeatures extractFeatures() {
    return ExtractFeatures.of(modelDir, features, reading, precision);
  }
}
