package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.DeadLetter;
import dev.pixelprobe.pipeline.data.DeadLetterLimit;
import dev.pixelprobe.pipeline.data.ReadImages;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.DeadLetterFile;
import dev.pixelprobe.pipeline.features.FeatureFiles;
import dev.pixelprobe.pipeline.features.FeatureKey;
import dev.pixelprobe.pipeline.features.FeatureLayout;
import dev.pixelprobe.pipeline.features.FeatureManifest;
import dev.pixelprobe.pipeline.features.FeatureManifestFile;
import dev.pixelprobe.pipeline.features.WriteDeadLetters;
import dev.pixelprobe.pipeline.features.WriteFeatures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One data set through one frozen model into one feature set.
 *
 * @param modelDir the SavedModel directory
 * @param layers those wanted of each kind
 * @param deadLetterLimit largest tolerable share of unusable records, in [0, 1]
 */
public record Extraction(
    DatasetPlan dataset,
    String modelDir,
    ModelInfo model,
    List<LayerFeature.Kind> kinds,
    List<Integer> layers,
    InputReading reading,
    BatchSize batchSize,
    double deadLetterLimit) {
  private static final Logger LOG = LoggerFactory.getLogger(Extraction.class);
  private static final String PRECISION = "f32";

  public Extraction {
    kinds = List.copyOf(kinds);
    layers = List.copyOf(layers);
  }

  /** Same digest, same features: no need to extract them again. */
  public String digest() {
    return new FeatureKey(
            model.digest(),
            model.requirePalette(),
            dataset.digest(),
            model.architecture().nPx(),
            model.resample().toString(),
            kinds,
            layers,
            reading.label(),
            PRECISION)
        .digest();
  }

  /**
   * Runs the pipeline and leaves a whole feature set.
   *
   * @param directory empty
   * @throws InvalidInputException if too many records were unusable, or a split is empty
   */
  public void writeTo(Path directory, PipelineOptions options) throws IOException {
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline, directory.toString());
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    LOG.info("metrics of the extraction: {}", result.metrics().allMetrics());
    List<DeadLetter> letters = DeadLetterFile.read(directory.toString());
    FeatureManifest manifest = manifest(directory.toString(), letters);
    check(manifest, letters);
    FeatureManifestFile.write(manifest, directory.toString());
  }

  /**
   * Holds a feature set with this digest to this limit: it may have been extracted under another.
   *
   * @throws InvalidInputException as {@link #writeTo}
   */
  public void check(Path directory) throws IOException {
    check(
        FeatureManifestFile.read(directory.toString()), DeadLetterFile.read(directory.toString()));
  }

  private void build(Pipeline pipeline, String directory) {
    PCollectionTuple records = pipeline.apply("ReadImages", ReadImages.from(dataset));
    records
        .get(ReadImages.IMAGES)
        .apply("TokenizeImages", TokenizeImages.forModel(modelDir))
        .apply(
            "ExtractFeatures",
            ExtractFeatures.of(
                modelDir, layout().columns(), reading, batchSize.imagesFor(model.architecture())))
        .apply("WriteFeatures", WriteFeatures.to(directory, layout()));
    records.get(ReadImages.DEAD_LETTERS).apply("WriteDeadLetters", WriteDeadLetters.to(directory));
  }

  private FeatureLayout layout() {
    return FeatureLayout.of(
        kinds, layers, model.architecture().nEmbd(), model.architecture().nPx());
  }

  private FeatureManifest manifest(String directory, List<DeadLetter> letters) throws IOException {
    List<FeatureManifest.File> files = FeatureFiles.list(directory);
    long train = rows(files, Split.TRAIN);
    long test = rows(files, Split.TEST);
    return new FeatureManifest(
        digest(),
        new FeatureManifest.Model(
            model.name(),
            model.digest(),
            model.architecture().nPx(),
            model.architecture().nLayer(),
            model.architecture().nEmbd()),
        model.requirePalette(),
        model.resample().toString(),
        new FeatureManifest.Dataset(
            dataset.name(), dataset.digest(), dataset.classNames(), train, test),
        reading.label(),
        PRECISION,
        kinds,
        layers,
        model.architecture().nEmbd(),
        model.architecture().colours(),
        dataset.folds(),
        files,
        new FeatureManifest.DeadLetters(letters.size(), DeadLetterFile.NAME),
        new FeatureManifest.Scored(reading == InputReading.SOS ? test : 0));
  }

  private static long rows(List<FeatureManifest.File> files, Split split) {
    return files.stream()
        .filter(file -> file.name().startsWith(split.label() + "-"))
        .mapToLong(FeatureManifest.File::rows)
        .sum();
  }

  private void check(FeatureManifest manifest, List<DeadLetter> letters) {
    long used = manifest.dataset().nTrain() + manifest.dataset().nTest();
    new DeadLetterLimit(deadLetterLimit).check(dataset.name(), used, letters);
    for (Split split : Split.values()) {
      if (manifest.rows(split) == 0) {
        throw new InvalidInputException(
            "%s: expected %s images, got none".formatted(dataset.name(), split.label()));
      }
    }
  }
}
