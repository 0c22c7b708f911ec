package dev.pixelprobe.eval.report.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.eval.report.FakeRun;
import dev.pixelprobe.eval.report.history.Run;
import dev.pixelprobe.eval.report.history.RunHistory;
import dev.pixelprobe.eval.results.PerImageFiles;
import dev.pixelprobe.eval.significance.Difference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunComparisonTest {
  private static final FakeRun BEFORE = FakeRun.of("2026-01-01T00:00:00Z");
  private static final FakeRun AFTER = FakeRun.of("2026-02-01T00:00:00Z");

  @TempDir Path dir;

  @Test
  void equalRunsShowNoChange() throws IOException {
    RunComparison comparison = compare(BEFORE, AFTER);

    assertThat(comparison.flagged()).isEmpty();
    assertThat(comparison.notes()).isEmpty();
    assertThat(comparison.of("best layer").orElseThrow().adjustedP()).isEqualTo(1);
  }

  @Test
  void aFallBeyondChanceIsARegressionAndASmallOneIsNoise() throws IOException {
    assertThat(verdict(compare(BEFORE, AFTER.withTop(0.40)), "best layer"))
        .isEqualTo(Verdict.REGRESSION);
    assertThat(verdict(compare(BEFORE, AFTER.withTop(0.60)), "best layer"))
        .isEqualTo(Verdict.IMPROVEMENT);
    assertThat(verdict(compare(BEFORE, AFTER.withTop(0.47)), "best layer"))
        .isEqualTo(Verdict.NOISE);
  }

  @Test
  void oneTestAloneWouldHaveFlaggedWhatAllTogetherDoNot() throws IOException {
    FigureChange change = compare(BEFORE, AFTER.withTop(0.45)).of("best layer").orElseThrow();

    assertThat(difference(change).pValue()).isLessThan(0.05);
    assertThat(change.adjustedP()).isGreaterThan(0.05);
    assertThat(change.verdict()).isEqualTo(Verdict.NOISE);
  }

  @Test
  void lowerIsBetterForNatsAndDistances() throws IOException {
    assertThat(verdict(compare(BEFORE, AFTER.withNats(2.9)), "nats per token"))
        .isEqualTo(Verdict.REGRESSION);
    assertThat(verdict(compare(BEFORE, AFTER.withNats(2.7)), "nats per token"))
        .isEqualTo(Verdict.IMPROVEMENT);
    String fid = "Fréchet distance (igpt-xs ln_1 4)";
    assertThat(verdict(compare(BEFORE, AFTER.withDistance(60)), fid)).isEqualTo(Verdict.REGRESSION);
    assertThat(verdict(compare(BEFORE, AFTER.withDistance(33)), fid))
        .as("the intervals overlap")
        .isEqualTo(Verdict.NOISE);
  }

  @Test
  void onTheSameImagesSmallerChangesShow() throws IOException {
    // 500 of 1,000 right, then the same 500 less 20: 20 discordant images, all to one side.
    Path before = BEFORE.write(dir.resolve("a"));
    Path after = AFTER.withTop(0.48).write(dir.resolve("b"));
    BEFORE.writePredictions(before, "", 0, 500);
    AFTER.writePredictions(after, "", 0, 480);

    FigureChange change = comparison().of("best layer").orElseThrow();

    assertThat(difference(change).test()).isEqualTo("McNemar, exact");
    assertThat(difference(change).pValue()).isEqualTo(2 * Math.pow(2, -20));
    assertThat(change.verdict()).isEqualTo(Verdict.REGRESSION);
  }

  @Test
  void natsOfTheSameImagesArePaired() throws IOException {
    // Standard errors of 0.01 each hide a rise of 0.01; image by image it is 0.01 or 0.012 for all.
    Path before = BEFORE.write(dir.resolve("a"));
    Path after = AFTER.withNats(2.811).write(dir.resolve("b"));
    writeNats(before, "image ", i -> 2.8f + i * 1e-4f);
    assertThat(difference(comparison().of("nats per token").orElseThrow()).test())
        .isEqualTo("Welch");

    writeNats(after, "image ", i -> 2.81f + i * 1e-4f + i % 2 * 2e-3f);
    FigureChange paired = comparison().of("nats per token").orElseThrow();
    assertThat(difference(paired).test()).isEqualTo("paired t");
    assertThat(difference(paired).value()).isCloseTo(0.011, within(1e-6));
    assertThat(paired.verdict()).isEqualTo(Verdict.REGRESSION);

    writeNats(after, "other ", i -> 2.81f);
    assertThat(difference(comparison().of("nats per token").orElseThrow()).test())
        .isEqualTo("Welch");
  }

  private static void writeNats(Path run, String prefix, IntFunction<Float> nats)
      throws IOException {
    List<Integer> images = IntStream.range(0, BEFORE.nTest()).boxed().toList();
    PerImageFiles.writeNats(
        run,
        images.stream().map(i -> prefix + i).toList(),
        images.stream().map(nats::apply).toList());
  }

  @Test
  void predictionsForOtherImagesAreNotPaired() throws IOException {
    Path before = BEFORE.write(dir.resolve("a"));
    Path after = AFTER.withTop(0.48).write(dir.resolve("b"));
    BEFORE.writePredictions(before, "train", 0, 500);
    AFTER.writePredictions(after, "test", 0, 480);

    assertThat(difference(comparison().of("best layer").orElseThrow()).test())
        .isEqualTo("two proportions, z");
  }

  @Test
  void damagedPredictionsAreSaidAndLeftOut() throws IOException {
    Path before = BEFORE.write(dir.resolve("a"));
    AFTER.write(dir.resolve("b"));
    Files.writeString(before.resolve("predictions.csv"), "id;label\n");

    RunComparison comparison = comparison();

    assertThat(comparison.notes()).singleElement().asString().startsWith("a/predictions.csv: ");
    assertThat(comparison.of("best layer")).isPresent();
  }

  @Test
  void whatElseDiffersIsSaid() throws IOException {
    assertThat(compare(BEFORE, AFTER.withTest(500)).notes())
        .containsExactly("test images: 500, before 1000");
  }

  @Test
  void theLatestRunIsComparedWithTheBaselineIfThereIsOne() throws IOException {
    BEFORE.write(dir.resolve("a"));
    AFTER.withTop(0.3).write(dir.resolve("b"));
    FakeRun.of("2026-03-01T00:00:00Z").withTop(0.3).write(dir.resolve("c"));

    assertThat(latest(trend(List.of())).before().name()).isEqualTo("b");
    assertThat(latest(trend(List.of())).flagged()).isEmpty();
    assertThat(latest(trend(List.of("a"))).before().name()).isEqualTo("a");
    assertThat(verdict(latest(trend(List.of("a"))), "best layer")).isEqualTo(Verdict.REGRESSION);
    assertThat(trend(List.of("a")).steps()).hasSize(2);
  }

  @Test
  void theGateLetsSmallRegressionsPass() throws IOException {
    RunComparison comparison = compare(BEFORE, AFTER.withTop(0.40).withNats(2.9).withDistance(60));

    assertThat(failing(comparison, Gate.STRICT))
        .contains("best layer", "nats per token", "Fréchet distance (igpt-xs ln_1 4)");
    assertThat(failing(comparison, new Gate(0.11, 0, 0)))
        .containsExactly("nats per token", "Fréchet distance (igpt-xs ln_1 4)");
    assertThat(failing(comparison, new Gate(0.09, 0.2, 1.1))).contains("best layer", "ln_1 4");
    assertThat(failing(comparison, new Gate(0.11, 0.2, 1.1))).isEmpty();
  }

  @Test
  void improvementsNeverFail() throws IOException {
    RunComparison comparison = compare(BEFORE, AFTER.withTop(0.60).withNats(2.7).withDistance(10));

    assertThat(comparison.flagged()).hasSizeGreaterThan(2);
    assertThat(failing(comparison, Gate.STRICT)).isEmpty();
  }

  private static List<String> failing(RunComparison comparison, Gate gate) {
    return gate.failing(comparison).stream().map(change -> change.after().label()).toList();
  }

  private static Verdict verdict(RunComparison comparison, String label) {
    return comparison.of(label).orElseThrow().verdict();
  }

  private static Difference difference(FigureChange change) {
    Difference difference = change.difference();
    assertThat(difference).isNotNull();
    return difference;
  }

  private RunComparison compare(FakeRun before, FakeRun after) throws IOException {
    before.write(dir.resolve("a"));
    after.write(dir.resolve("b"));
    return comparison();
  }

  private RunComparison comparison() throws IOException {
    return latest(trend(List.of()));
  }

  private static RunComparison latest(Trend trend) {
    RunComparison latest = trend.latest();
    assertThat(latest).isNotNull();
    return latest;
  }

  private Trend trend(List<String> baselines) throws IOException {
    List<Run> runs = RunHistory.read(dir).runs();
    return Trend.of(runs, baselines, 0.05);
  }
}
