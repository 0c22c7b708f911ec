package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Sha256;
import dev.pixelprobe.pipeline.data.DeadLetter;
import dev.pixelprobe.pipeline.data.LabelledImage;
import dev.pixelprobe.pipeline.data.Preparation;
import dev.pixelprobe.pipeline.extract.BatchSize;
import dev.pixelprobe.pipeline.extract.Extracted;
import dev.pixelprobe.pipeline.extract.FrozenModel;
import dev.pixelprobe.pipeline.features.DeadLetterFile;
import dev.pixelprobe.pipeline.features.FeatureColumn;
import dev.pixelprobe.pipeline.features.FeatureKey;
import dev.pixelprobe.pipeline.features.WriteDeadLetters;
import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.job.PipelineJob;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * One set of images through one extractor into one summary. The memory is that of the moments and
 * of the features that are kept, however many images there are.
 */
public record Summarizing(ImageSet images, Extractor extractor, Draw draw, BatchSize batchSize) {
  private static final String SCHEMA = "pixelprobe/summary/1";

  /**
   * What came of it.
   *
   * @param deadLetters how many records could not be used
   */
  public record Summarized(FeatureSummary summary, int deadLetters) {}

  /** Same digest, same summary: no need to run the model again. */
  public String digest() {
    FeatureColumn logits = extractor.logits();
    String canonical =
        String.join(
            "\n",
            SCHEMA,
            "features=" + featureKey().digest(),
            "column=" + extractor.column().name(),
            "logits=" + (logits == null ? "none" : logits.name()),
            "split=" + images.split().label(),
            "rendering=" + (images.rendering() == null ? "none" : images.rendering().content()),
            "max_features=" + draw.maxFeatures(),
            "seed=" + draw.seed());
    return Sha256.hex(canonical);
  }

  private FeatureKey featureKey() {
    FrozenModel model = extractor.model();
    return new FeatureKey(
        model.described().digest(),
        model.paletteDigest(),
        images.plan().digest(),
        model.viewPx(),
        model.resample().toString(),
        model.columns().stream().map(FeatureColumn::name).toList(),
        model.input(),
        model.precision().label());
  }

  /**
   * Runs the pipeline and leaves a whole summary.
   *
   * @param location an empty folder that every worker can write to: an absolute local path, or a
   *     {@code gs://} URI
   * @throws InvalidInputException if there are fewer than two images, or too many records were
   *     unusable
   */
  void writeTo(String location, PipelineOptions options) throws IOException {
    if (images.count().isPresent()) {
      requireTwo(images.count().getAsLong());
    }
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline, Folder.at(location));
    PipelineJob.run(pipeline, extractor.model().progress());
    SummaryFiles files = SummaryFiles.in(location);
    files.requireWritten(draw);
    check(files);
    files.complete(digest());
  }

  /** Reads a summary with this digest, which may have been made under another limit. */
  Summarized read(String location) throws IOException {
    SummaryFiles files = SummaryFiles.in(location);
    int deadLetters = check(files);
    return new Summarized(files.read(images.name(), draw), deadLetters);
  }

  private int check(SummaryFiles files) throws IOException {
    long used = files.moments().count();
    List<DeadLetter> letters = DeadLetterFile.read(files.folder().location());
    images.deadLetterLimit().check(images.name(), used, letters);
    requireTwo(used);
    return letters.size();
  }

  private void requireTwo(long count) {
    if (count < 2) {
      throw new InvalidInputException(
          "%s: expected at least 2 images, got %d; a covariance needs more"
              .formatted(images.name(), count));
    }
  }

  private void build(Pipeline pipeline, Folder folder) {
    PCollectionTuple extracted =
        pipeline.apply(
            "Extract", extractor.model().featuresAlone(images.plan(), rendering(), batchSize));
    PCollection<FeatureRow> rows =
        extracted
            .get(Extracted.FEATURES)
            .apply("Tap", ParDo.of(TapFn.of(extractor, draw)))
            .setCoder(FeatureRowCoder.of());
    rows.apply("Moments", new SumMoments())
        .apply("WriteMoments", ParDo.of(new SummaryFiles.WriteMomentsFn(folder)));
    if (draw.maxFeatures() > 0) {
      rows.apply("Draw", DrawRows.of(draw.maxFeatures()))
          .apply("WriteFeatures", ParDo.of(new SummaryFiles.WriteRowsFn(folder)));
    }
    extracted
        .get(Extracted.DEAD_LETTERS)
        .apply("WriteDeadLetters", WriteDeadLetters.to(folder.location()));
  }

  private Preparation<LabelledImage> rendering() {
    return images.rendering() == null ? Preparation.none() : images.rendering();
  }
}
