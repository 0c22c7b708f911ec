package dev.pixelprobe.pipeline.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.eval.distance.Features;
import dev.pixelprobe.eval.distance.FrechetDistance;
import dev.pixelprobe.eval.distance.GaussianStats;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.Datasets;
import dev.pixelprobe.pipeline.data.DeadLetterLimit;
import dev.pixelprobe.pipeline.data.Limits;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.extract.BatchSize;
import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.features.FeatureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkRunner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in, a summary out: the same whoever makes it. */
final class SummarizingTest {
  private static final int IMAGES = 45;
  private static final Draw FEW = new Draw(10, 3);

  @TempDir static Path dir;

  private static Path model = Path.of("");
  private static Path data = Path.of("");
  private static FeatureSummary one;

  @BeforeAll
  static void summarizeOnce() throws IOException {
    model = TinyModel.write(dir.resolve("model"));
    data = CifarFiles.write(dir.resolve("data"), 20, IMAGES, 3);
    one = Runs.summary(few(), FlinkRunner.class, 1);
  }

  private static Summarizing few() throws IOException {
    return summarizing(FEW, "h_1", 8);
  }

  private static Summarizing summarizing(Draw draw, String tap, int batchSize) throws IOException {
    return new Summarizing(
        ImageSet.of(plan(Limits.NONE), Split.TEST, new DeadLetterLimit(0)),
        Extractors.ofImageGpt(model.toString(), tap, Precision.F32),
        draw,
        BatchSize.DEFAULT.withImages(batchSize));
  }

  private static DatasetPlan plan(Limits limits) throws IOException {
    return Datasets.open("cifar10", data.toString(), limits);
  }

  private static Features kept(FeatureSummary summary) {
    return Objects.requireNonNull(summary.kept());
  }

  @Test
  void theRunnerAndItsParallelismDoNotMatter() throws IOException {
    FeatureSummary two = Runs.summary(few(), FlinkRunner.class, 2);
    FeatureSummary direct = Runs.direct(few());

    for (FeatureSummary other : List.of(two, direct)) {
      assertThat(other.images()).isEqualTo(IMAGES);
      assertThat(kept(other).values()).isEqualTo(kept(one).values());
      assertSame(other.stats(), one.stats());
    }
    GaussianStats elsewhere = Runs.direct(summarizing(FEW, "ln_1_2", 8)).stats();
    double distance = FrechetDistance.between(one.stats(), elsewhere);
    assertThat(distance).isGreaterThan(0.1);
    assertThat(FrechetDistance.between(two.stats(), elsewhere))
        .isCloseTo(distance, within(1e-9 * distance));
    assertThat(FrechetDistance.between(direct.stats(), elsewhere))
        .isCloseTo(distance, within(1e-9 * distance));
  }

  /** Each number is a sum of 45 of size 1: rounding leaves it some 45 · 1e-16. */
  private static void assertSame(GaussianStats actual, GaussianStats expected) {
    assertThat(actual.meanValues()).containsExactly(expected.meanValues(), within(1e-13));
    assertThat(actual.covarianceValues())
        .containsExactly(expected.covarianceValues(), within(1e-13));
  }

  @Test
  void statisticsAreOfAllImagesFeaturesOfThoseDrawn() throws IOException {
    FeatureSummary all = Runs.direct(summarizing(new Draw(1_000, 3), "h_1", 8));

    assertThat(kept(all).rows()).isEqualTo(IMAGES);
    assertSame(one.stats(), FeatureSummary.of(kept(all)).stats());
    int[] first = IntStream.range(0, 10).toArray();
    assertThat(kept(one).values()).isEqualTo(kept(all).values().select(first));
  }

  @Test
  void aFeatureSetsColumnGivesTheSameSummary() throws IOException {
    Extractor extractor = Extractors.ofImageGpt(model.toString(), "h_1", Precision.F32);
    Path set = Files.createDirectory(dir.resolve("set"));
    new Extraction(
            plan(Limits.NONE),
            extractor.model(),
            BatchSize.DEFAULT.withImages(8),
            new DeadLetterLimit(0))
        .writeTo(set.toString(), Runs.options(FlinkRunner.class, 2));

    FeatureSummary atHand =
        FEW.summarize(
            "set", FeatureReader.open(set.toString()).features(Split.TEST, List.of("h_1")));

    assertThat(atHand.images()).isEqualTo(IMAGES);
    assertThat(kept(atHand).values()).isEqualTo(kept(one).values());
    assertSame(atHand.stats(), one.stats());
  }

  @Test
  void withoutAFeatureToKeepThereAreStatisticsAlone() throws IOException {
    FeatureSummary alone = Runs.direct(summarizing(FEW.nothing(), "h_1", 8));

    assertThat(alone.kept()).isNull();
    assertThat(alone.images()).isEqualTo(IMAGES);
    assertSame(alone.stats(), one.stats());
  }

  @Test
  void whatTheCacheHoldsIsNotComputedAgain() throws IOException {
    Summaries summaries =
        Summaries.cachedIn(dir.resolve("cache").toString(), Runs.options(FlinkRunner.class, 1));
    LiveCounts.IMAGES.reset();
    assertThat(summaries.has(few())).isFalse();
    FeatureSummary first = summaries.of(few()).summary();
    assertThat(LiveCounts.IMAGES.sum()).isEqualTo(IMAGES);

    assertThat(summaries.has(few())).isTrue();
    FeatureSummary second = summaries.of(few()).summary();

    assertThat(LiveCounts.IMAGES.sum()).isEqualTo(IMAGES);
    assertThat(kept(second).values()).isEqualTo(kept(first).values());
    assertThat(second.stats().covarianceValues()).isEqualTo(first.stats().covarianceValues());
    assertThat(second.images()).isEqualTo(IMAGES);
  }

  @Test
  void whateverChangesTheSummaryChangesTheDigest() throws IOException {
    Summarizing few = few();
    ImageSet train = ImageSet.of(plan(Limits.NONE), Split.TRAIN, new DeadLetterLimit(0));
    ImageSet fewer = ImageSet.of(plan(Limits.NONE.withTest(9)), Split.TEST, new DeadLetterLimit(0));
    PaletteFloor floor = PaletteFloor.of(model.toString());

    assertThat(
            Stream.of(
                few,
                summarizing(new Draw(11, 3), "h_1", 8),
                summarizing(new Draw(10, 4), "h_1", 8),
                summarizing(FEW, "h_2", 8),
                new Summarizing(train, few.extractor(), FEW, few.batchSize()),
                new Summarizing(fewer, few.extractor(), FEW, few.batchSize()),
                floor.resized(few),
                floor.quantized(few)))
        .extracting(Summarizing::digest)
        .doesNotHaveDuplicates();
    assertThat(summarizing(FEW, "h_1", 5).digest()).isEqualTo(few.digest());
  }

  @Test
  void oneImageHasNoCovariance() throws IOException {
    ImageSet single =
        ImageSet.of(plan(Limits.NONE.withTest(1)), Split.TEST, new DeadLetterLimit(0));
    Summarizing summarizing = new Summarizing(single, few().extractor(), FEW, BatchSize.DEFAULT);

    assertThatThrownBy(() -> Runs.direct(summarizing))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("cifar10", "at least 2", "got 1");
  }
}
