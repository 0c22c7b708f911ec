package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.DeadLetter;
import dev.pixelprobe.pipeline.data.DeadLetterLimit;
import dev.pixelprobe.pipeline.data.ReadImages;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.DeadLetterFile;
import dev.pixelprobe.pipeline.features.FeatureColumn;
import dev.pixelprobe.pipeline.features.FeatureFiles;
import dev.pixelprobe.pipeline.features.FeatureKey;
import dev.pixelprobe.pipeline.features.FeatureLayout;
import dev.pixelprobe.pipeline.features.FeatureManifest;
import dev.pixelprobe.pipeline.features.FeatureManifestFile;
import dev.pixelprobe.pipeline.features.WriteDeadLetters;
import dev.pixelprobe.pipeline.features.WriteFeatures;
import dev.pixelprobe.pipeline.job.PipelineJob;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One data set through one frozen model into one feature set. */
public record Extraction(
    DatasetPlan dataset, FrozenModel model, BatchSize batchSize, DeadLetterLimit deadLetterLimit) {
  private static final Logger LOG = LoggerFactory.getLogger(Extraction.class);

  /** Same digest, same features: no need to extract them again. */
  public String digest() {
    return new FeatureKey(
            model.described().digest(),
            model.paletteDigest(),
            dataset.digest(),
            model.viewPx(),
            model.resample().toString(),
            model.columns().stream().map(FeatureColumn::name).toList(),
            model.input(),
            model.precision().label())
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
    PipelineResult result = PipelineJob.run(pipeline, model.progress());
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
    PCollectionTuple extracted =
        records.get(ReadImages.IMAGES).apply("Extract", model.extraction(batchSize));
    extracted.get(Extracted.FEATURES).apply("WriteFeatures", WriteFeatures.to(directory, layout()));
    Extracted.deadLetters(records, extracted)
        .apply("WriteDeadLetters", WriteDeadLetters.to(directory));
  }

  private FeatureLayout layout() {
    return new FeatureLayout(model.columns(), model.viewPx());
  }

  private FeatureManifest manifest(String directory, List<DeadLetter> letters) throws IOException {
    List<FeatureManifest.File> files = FeatureFiles.list(directory);
    long train = rows(files, Split.TRAIN);
    long test = rows(files, Split.TEST);
    return new FeatureManifest(
        digest(),
        model.described(),
        model.paletteDigest(),
        model.resample().toString(),
        new FeatureManifest.Dataset(
            dataset.name(), dataset.digest(), dataset.classNames(), train, test),
        model.input(),
        model.precision().label(),
        model.columns(),
        model.viewPx(),
        model.colours(),
        dataset.folds(),
        files,
        new FeatureManifest.DeadLetters(letters.size(), DeadLetterFile.NAME),
        new FeatureManifest.Scored(model.scoresTestImages() ? test : 0));
  }

  private static long rows(List<FeatureManifest.File> files, Split split) {
    return files.stream()
        .filter(file -> file.name().startsWith(split.label() + "-"))
        .mapToLong(FeatureManifest.File::rows)
        .sum();
  }

  private void check(FeatureManifest manifest, List<DeadLetter> letters) {
    long used = manifest.dataset().nTrain() + manifest.dataset().nTest();
    deadLetterLimit.check(dataset.name(), used, letters);
    for (Split split : Split.values()) {
      if (manifest.rows(split) == 0) {
        throw new InvalidInputException(
            "%s: expected %s images, got none".formatted(dataset.name(), split.label()));
      }
    }
  }
}
