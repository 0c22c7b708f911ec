package dev.pixelprobe.pipeline.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.SamplingOptions;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.Datasets;
import dev.pixelprobe.pipeline.data.DeadLetterLimit;
import dev.pixelprobe.pipeline.data.Limits;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.distance.Draw;
import dev.pixelprobe.pipeline.distance.Extractors;
import dev.pixelprobe.pipeline.distance.ImageSet;
import dev.pixelprobe.pipeline.distance.Summaries;
import dev.pixelprobe.pipeline.distance.Summarizing;
import dev.pixelprobe.pipeline.extract.BatchSize;
import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.extract.FrozenImageGpt;
import dev.pixelprobe.pipeline.extract.Scoring;
import dev.pixelprobe.pipeline.features.FeatureCache;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.files.Bucket;
import dev.pixelprobe.pipeline.palette.PaletteFit;
import dev.pixelprobe.pipeline.palette.Resizing;
import dev.pixelprobe.pipeline.probe.LayerChoice;
import dev.pixelprobe.pipeline.probe.ProbePlan;
import dev.pixelprobe.pipeline.sample.SampleFormat;
import dev.pixelprobe.pipeline.sample.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers read from a bucket and write to it: what comes out is what comes out of local files. */
@Tag("slow")
final class BucketRunTest {
  private static final LayerFeature.Kind KIND = LayerFeature.Kind.H;
  private static final ProbePlan PLAN =
      new ProbePlan(
          new LayerChoice(List.of(0, 1), List.of()).inputs(List.of(KIND)),
          List.of(0.01, 1.0),
          0,
          List.of(),
          1);

  @TempDir static Path dir;

  private static Bucket bucket;
  private static Path modelDir = Path.of("");
  private static Path data = Path.of("");
  private static String dataLocation = "";

  @BeforeAll
  static void open() throws IOException {
    modelDir = TinyModel.write(dir.resolve("model"));
    data = CifarFiles.write(dir.resolve("data"), 21, 20, 3);
    bucket = Bucket.open();
    dataLocation = bucket.put(data, "data");
  }

  @AfterAll
  static void close() {
    bucket.close();
  }

  @Test
  void theFeatureSetAndItsProbesAreTheLocalOnes() throws IOException {
    String set = bucket.location("uncached/features");
    String local = dir.resolve("local").toString();
    bucket.service().refuseEvery(61);
    bucket.service().cutReads(3);

    FeatureSets.uncached(options()).place(extraction(dataLocation, 0), set);
    FeatureSets.uncached(options()).place(extraction(data.toString(), 0), local);

    FeatureReader remote = FeatureReader.open(set);
    assertSame(remote, FeatureReader.open(local));
    assertThat(bucket.names("uncached/features/.temp-beam")).isEmpty();
    Scores there = Scores.of(remote, PLAN, bucket.location("uncached/work"), options());
    Scores here =
        Scores.of(
            FeatureReader.open(local),
            PLAN,
            Files.createDirectory(dir.resolve("work")).toString(),
            options());
    bucket.service().refuseEvery(Integer.MAX_VALUE);
    assertThat(there).isEqualTo(here);
  }

  @Test
  void aCacheInABucketIsSharedAndSparesTheModel() throws IOException {
    Extraction extraction = extraction(dataLocation, 0);
    cached().place(extraction, bucket.location("first/features"));
    LiveCounts.IMAGES.reset();

    assertThat(cached().has(extraction)).isTrue();
    cached().place(extraction, bucket.location("second/features"));
    cached().place(extraction, dir.resolve("third").toString());

    assertThat(LiveCounts.IMAGES.sum()).isZero();
    FeatureReader first = FeatureReader.open(bucket.location("first/features"));
    assertSame(FeatureReader.open(bucket.location("second/features")), first);
    assertSame(FeatureReader.open(dir.resolve("third").toString()), first);
  }

  @Test
  void aFailedExtractionLeavesNothingInTheBucket() throws IOException {
    Path broken = CifarFiles.write(dir.resolve("broken"), 5, 5, 2);
    Files.write(CifarFiles.test(broken), new byte[2 * CifarFiles.RECORD_BYTES - 100]);
    Extraction extraction = extraction(bucket.put(broken, "broken"), 0);

    assertThatThrownBy(
            () ->
                FeatureSets.uncached(options())
                    .place(extraction, bucket.location("failed/features")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1 of 12");

    assertThat(bucket.names("failed")).isEmpty();
  }

  @Test
  void aSummaryIsKeptInTheBucket() throws IOException {
    Summaries summaries = Summaries.cachedIn(bucket.location("cache"), options());
    FeatureSummary here =
        Summaries.uncached(dir.resolve("scratch").toString(), options())
            .of(summarizing(data.toString()))
            .summary();

    FeatureSummary made = summaries.of(summarizing(dataLocation)).summary();
    LiveCounts.IMAGES.reset();
    FeatureSummary found = summaries.of(summarizing(dataLocation)).summary();

    assertThat(LiveCounts.IMAGES.sum()).isZero();
    assertThat(found.stats().meanValues()).isEqualTo(made.stats().meanValues());
    assertThat(kept(made)).isEqualTo(kept(here));
    assertThat(made.images()).isEqualTo(20);
  }

  @Test
  void aSummaryWithoutACacheLeavesNothing() throws IOException {
    FeatureSummary summary =
        Summaries.uncached(bucket.location("runs/out"), options())
            .of(summarizing(dataLocation))
            .summary();

    assertThat(summary.images()).isEqualTo(20);
    assertThat(bucket.names("runs")).isEmpty();
  }

  @Test
  void samplesAreDrawnIntoTheBucket() throws IOException {
    for (SampleFormat format : SampleFormat.values()) {
      String there = "samples/" + format;
      Path here = Files.createDirectory(dir.resolve("samples-" + format));

      sampling(format).writeTo(bucket.location(there), options());
      sampling(format).writeTo(here.toString(), options());

      assertThat(bucket.names(there)).contains(there + "/samples.json");
      assertThat(bucket.get(there + "/contact-sheet.png"))
          .isEqualTo(Files.readAllBytes(here.resolve("contact-sheet.png")));
      assertThat(ImageSet.of(bucket.location(there)).count())
          .isEqualTo(ImageSet.of(here.toString()).count());
    }
  }

  @Test
  void scoresAndPalettesAreWorkedOutThere() throws IOException {
    Scoring scoring =
        new Scoring(
            plan(dataLocation),
            Split.TEST,
            modelDir.toString(),
            ModelInfo.read(modelDir),
            BatchSize.DEFAULT,
            new DeadLetterLimit(0));
    PaletteFit fit =
        new PaletteFit(
            plan(dataLocation), Resizing.NONE, 4, 2, 0, Optional.empty(), new DeadLetterLimit(0));

    assertThat(scoring.run(bucket.location("score"), options()).natsPerToken())
        .hasSize(20)
        .allMatch(nats -> nats > 0 && nats < 10);
    assertThat(fit.run(bucket.location("palette"), options()).images()).isEqualTo(42);
  }

  private static FeatureSets cached() {
    return FeatureSets.cachedIn(FeatureCache.in(bucket.location("cache")), options());
  }

  private static void assertSame(FeatureReader one, FeatureReader other) throws IOException {
    for (Split split : Split.values()) {
      assertThat(one.labels(split).ids()).isNotEmpty().isEqualTo(other.labels(split).ids());
      assertThat(one.labels(split).labels()).isEqualTo(other.labels(split).labels());
      assertThat(one.features(split, List.of("h_0", "h_1")).values())
          .isEqualTo(other.features(split, List.of("h_0", "h_1")).values());
      assertThat(one.pixels(split).values()).isEqualTo(other.pixels(split).values());
      assertThat(one.natsPerToken(split).values()).isEqualTo(other.natsPerToken(split).values());
    }
  }

  private static Matrix kept(FeatureSummary summary) {
    return Objects.requireNonNull(summary.kept()).values();
  }

  private static Extraction extraction(String location, double deadLetters) throws IOException {
    return new Extraction(
        plan(location),
        new FrozenImageGpt(
            modelDir.toString(),
            ModelInfo.read(modelDir),
            List.of(new LayerFeature(KIND, 0), new LayerFeature(KIND, 1)),
            InputReading.SOS,
            Precision.F32),
        BatchSize.DEFAULT.withImages(8),
        new DeadLetterLimit(deadLetters));
  }

  private static Summarizing summarizing(String location) throws IOException {
    return new Summarizing(
        ImageSet.of(plan(location), Split.TEST, new DeadLetterLimit(0)),
        Extractors.ofImageGpt(modelDir.toString(), "h_1", Precision.F32),
        new Draw(7, 0),
        BatchSize.DEFAULT.withImages(8));
  }

  private static Sampling sampling(SampleFormat format) throws IOException {
    return new Sampling(
        modelDir.toString(), ModelInfo.read(modelDir), 5, SamplingOptions.DEFAULT, 2, null, format);
  }

  private static DatasetPlan plan(String location) throws IOException {
    return Datasets.open("cifar10", location, Limits.NONE);
  }

  private static PipelineOptions options() {
    PipelineOptions options = bucket.options();
    options.setRunner(FlinkRunner.class);
    options.as(FlinkPipelineOptions.class).setParallelism(2);
    return options;
  }
}
