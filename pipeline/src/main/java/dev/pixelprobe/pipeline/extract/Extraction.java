package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.DeadLetter;
import dev.pixelprobe.pipeline.data.DeadLetterLimit;
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
import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.job.PipelineJob;
import java.io.IOException;
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
   * @param location an empty folder that every worker can write to: an absolute local path, or a
   *     {@code gs://} URI
   * @throws InvalidInputException if too many records were unusable, or a split is empty
   */
  public void writeTo(String location, PipelineOptions options) throws IOException {
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline, location);
    PipelineResult result = PipelineJob.run(pipeline, model.progress());
    LOG.info("metrics of the extraction: {}", result.metrics().allMetrics());
    Folder.at(location).requireWritten(DeadLetterFile.NAME);
    List<DeadLetter> letters = DeadLetterFile.read(location);
    FeatureManifest manifest = manifest(location, letters);
    check(manifest, letters);
    FeatureManifestFile.write(manifest, location);
  }

  /**
   * Holds a feature set with this digest to this limit: it may have been extracted under another.
   *
   * @throws InvalidInputException as {@link #writeTo}
   */
  public void check(String location) throws IOException {
    check(FeatureManifestFile.read(location), DeadLetterFile.read(location));
  }

  private void build(Pipeline pipeline, String directory) {
    PCollectionTuple extracted = pipeline.apply("Extract", model.extraction(dataset, batchSize));
    extracted.get(Extracted.FEATURES).apply("WriteFeatures", WriteFeatures.to(directory, layout()));
    extracted.get(Extracted.DEAD_LETTERS).apply("WriteDeadLetters", WriteDeadLetters.to(directory));
  }

  private FeatureLayout layout() {
    return new FeatureLayout(model.columns(), model.viewPx());
  }

  private FeatureManifest manifest(String location, List<DeadLetter> letters) throws IOException {
    List<FeatureManifest.File> files = FeatureFiles.list(location);
    long train = rows(files, Split.TRAIN);
    long test = rows(files, Split.TEST);
    requireRows(Split.TRAIN, train, letters, location);
    requireRows(Split.TEST, test, letters, location);
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

  /** Of images that are known to be there, not all can be missing. */
  private void requireRows(Split split, long rows, List<DeadLetter> letters, String location)
      throws IOException {
    if (rows == 0 && dataset.count(split).orElse(0) > letters.size()) {
      throw Folder.at(location).unseen(split.label() + "-*.parquet");
    }
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
