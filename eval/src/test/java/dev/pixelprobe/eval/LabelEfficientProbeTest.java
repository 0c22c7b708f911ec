package dev.pixelprobe.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelEfficientProbeTest {
  private static final LabelledSet ALL = Samples.noisyClasses(900, 30, 4, 1);
  private static final LabelledSet TRAIN = ALL.select(range(0, 600));
  private static final LabelledSet TEST = ALL.select(range(600, 900));
  private static final List<String> IDS = ids(600);
  private static final LinearProbe.Options GRID =
      LinearProbe.Options.DEFAULT.withCs(List.of(1e-3, 1e-1, 10.0));
  private static final LinearProbe.Options SINGLE = GRID.withCs(List.of(0.1));

  @Test
  void withAllLabelsOfEveryClassEveryDrawIsTheFullFit() {
    LabelledSet balanced = balanced(TRAIN, 80);
    ProbeResult full = LinearProbe.with(SINGLE).evaluate(balanced, TEST);

    LabelEfficiency result =
        LabelEfficientProbe.with(SINGLE, 3, 0).evaluate(balanced, ids(320), 80, TEST);

    assertThat(result.perDraw())
        .hasSize(3)
        .allSatisfy(
            draw -> {
              assertThat(draw.testAccuracy()).isEqualTo(full.testAccuracy());
              assertThat(draw.testNll()).isCloseTo(full.testNll(), within(1e-5));
              assertThat(draw.c()).isEqualTo(0.1);
              assertThat(draw.crossValidationAccuracy()).isNull();
              assertThat(draw.converged()).isTrue();
            });
    assertThat(result.testAccuracyMean()).isCloseTo(full.testAccuracy(), within(1e-15));
    assertThat(result.testAccuracySd()).isCloseTo(0, within(1e-15));
    assertThat(result.nTrain()).isEqualTo(320);
    assertThat(result.nTest()).isEqualTo(300);
    assertThat(result.dim()).isEqualTo(30);
  }

  @Test
  void aDrawIsAProbeOfItsImagesAlone() {
    int[] rows = BalancedDraw.rows(TRAIN, IDS, 6, 3, 1);
    LabelledSet drawn = TRAIN.select(rows);

    LabelEfficiency.Draw draw =
        LabelEfficientProbe.with(GRID, 2, 3).evaluate(TRAIN, IDS, 6, TEST).perDraw().get(1);

    ProbeResult alone = LinearProbe.with(GRID.withCs(List.of(draw.c()))).evaluate(drawn, TEST);
    assertThat(draw.testAccuracy()).isEqualTo(alone.testAccuracy());
    assertThat(draw.testNll()).isEqualTo(alone.testNll());
    assertThat(draw.crossValidationAccuracy()).isEqualTo(bestByHand(drawn, 5));
  }

  /** 130 images of each of four classes make folds of 104: five of them are 520. */
  @Test
  void foldsAreLeftOutUntilEnoughImagesAre() {
    LabelledSet drawn = drawn(130);
    assertThat(crossValidationAccuracy(130)).isEqualTo(bestByHand(drawn, 5));

    LabelledSet more = drawn(180); // folds of 144
    assertThat(crossValidationAccuracy(180))
        .isEqualTo(bestByHand(more, 4))
        .isNotEqualTo(bestByHand(more, 5));
  }

  private static LabelledSet drawn(int labelsPerClass) {
    return ALL.select(BalancedDraw.rows(ALL, ids(900), labelsPerClass, 3, 0));
  }

  private static double crossValidationAccuracy(int labelsPerClass) {
    Double accuracy =
        LabelEfficientProbe.with(GRID, 1, 3)
            .evaluate(ALL, ids(900), labelsPerClass, TEST)
            .perDraw()
            .get(0)
            .crossValidationAccuracy();
    return Objects.requireNonNull(accuracy);
  }

  /** Four classes in turn, cut into five folds, of which the first few are left out. */
  private static double bestByHand(LabelledSet drawn, int foldsLeftOut) {
    int n = drawn.rows();
    double best = 0;
    for (double c : GRID.cs()) {
      int correct = 0;
      int leftOut = 0;
      for (int fold = 0; fold < foldsLeftOut; fold++) {
        int held = fold;
        int[] kept = IntStream.range(0, n).filter(row -> row / 4 % 5 != held).toArray();
        int[] out = IntStream.range(0, n).filter(row -> row / 4 % 5 == held).toArray();
        leftOut += out.length;
        correct +=
            LinearProbe.with(GRID.withCs(List.of(c)))
                .evaluate(drawn.select(kept), drawn.select(out))
                .confusion()
                .correct();
      }
      best = Math.max(best, (double) correct / leftOut);
    }
    return best;
  }

  @Test
  void meanAndDeviationAreThoseOfTheDraws() {
    LabelEfficiency result = LabelEfficientProbe.with(SINGLE, 3, 0).evaluate(TRAIN, IDS, 5, TEST);

    double a = result.perDraw().get(0).testAccuracy();
    double b = result.perDraw().get(1).testAccuracy();
    double c = result.perDraw().get(2).testAccuracy();
    double mean = (a + b + c) / 3;
    double squares = (a - mean) * (a - mean) + (b - mean) * (b - mean) + (c - mean) * (c - mean);
    assertThat(result.testAccuracyMean()).isCloseTo(mean, within(1e-15));
    assertThat(result.testAccuracySd())
        .isCloseTo(Math.sqrt(squares / 2), within(1e-15))
        .isPositive();
  }

  @Test
  void aSingleDrawHasNoDeviation() {
    assertThat(
            LabelEfficientProbe.with(SINGLE, 1, 0).evaluate(TRAIN, IDS, 5, TEST).testAccuracySd())
        .isNull();
  }

  @Test
  void theOrderOfRowsDoesNotMatterToTheLastBit() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, 600).boxed().toList());
    Collections.shuffle(order, new Random(7));
    LabelledSet shuffled = TRAIN.select(order.stream().mapToInt(Integer::intValue).toArray());
    LabelEfficientProbe probe = LabelEfficientProbe.with(GRID, 2, 0);

    assertThat(probe.evaluate(shuffled, order.stream().map(IDS::get).toList(), 5, TEST))
        .isEqualTo(probe.evaluate(TRAIN, IDS, 5, TEST));
  }

  @Test
  void moreDrawsLeaveTheFirstAsTheyWere() {
    LabelEfficiency two = LabelEfficientProbe.with(GRID, 2, 0).evaluate(TRAIN, IDS, 5, TEST);
    LabelEfficiency four = LabelEfficientProbe.with(GRID, 4, 0).evaluate(TRAIN, IDS, 5, TEST);

    assertThat(four.perDraw().subList(0, 2)).isEqualTo(two.perDraw());
  }

  @Test
  void moreLabelsOnSeparableClassesAreNotWorse() {
    // Two classes 12 deviations apart along every feature: already one image of each tells them.
    LabelledSet blobs = blobs(400);
    LabelledSet train = blobs.select(range(0, 200));
    LabelledSet test = blobs.select(range(200, 400));
    for (int labels : new int[] {1, 2, 8, 32}) {
      assertThat(
              LabelEfficientProbe.with(GRID, 3, 0)
                  .evaluate(train, ids(200), labels, test)
                  .testAccuracyMean())
          .as("%d labels per class", labels)
          .isEqualTo(1);
    }
  }

  @Test
  void noisyClassesAreReadBetterWithMoreLabels() {
    LabelEfficientProbe probe = LabelEfficientProbe.with(GRID, 5, 0);

    double few = probe.evaluate(TRAIN, IDS, 3, TEST).testAccuracyMean();
    double many = probe.evaluate(TRAIN, IDS, 100, TEST).testAccuracyMean();

    // 1,500 scores in all: their standard error is at most 0.013.
    assertThat(many).isGreaterThan(few + 0.1);
  }

  @Test
  void testLabelsAndUndrawnLabelsHaveNoSayInTheChoice() {
    boolean[] drawn = new boolean[600];
    for (int row : BalancedDraw.rows(TRAIN, IDS, 5, 0, 0)) {
      drawn[row] = true;
    }
    // Undrawn images must stay where their hash puts them: only their features change.
    float[] x = new float[600 * 30];
    for (int row = 0; row < 600; row++) {
      for (int j = 0; j < 30; j++) {
        x[row * 30 + j] = drawn[row] ? TRAIN.features().get(row, j) : 1e3f * row;
      }
    }
    LabelEfficientProbe probe = LabelEfficientProbe.with(GRID, 1, 0);

    LabelEfficiency before = probe.evaluate(TRAIN, IDS, 5, TEST);

    assertThat(probe.evaluate(TRAIN.withFeatures(Matrix.wrap(x, 600, 30)), IDS, 5, TEST))
        .isEqualTo(before);
    assertThat(probe.evaluate(TRAIN, IDS, 5, TEST.select(range(0, 20))).perDraw().get(0))
        .extracting(LabelEfficiency.Draw::c, LabelEfficiency.Draw::crossValidationAccuracy)
        .containsExactly(
            before.perDraw().get(0).c(), before.perDraw().get(0).crossValidationAccuracy());
  }

  @Test
  void aSingleLabelPerClassLeavesNothingToChooseBy() {
    LabelEfficiency.Draw draw =
        LabelEfficientProbe.with(GRID, 1, 0).evaluate(TRAIN, IDS, 1, TEST).perDraw().get(0);

    assertThat(draw.c()).isEqualTo(1);
    assertThat(draw.crossValidationAccuracy()).isNull();
    assertThat(
            LabelEfficientProbe.with(SINGLE, 1, 0)
                .evaluate(TRAIN, IDS, 1, TEST)
                .perDraw()
                .get(0)
                .c())
        .isEqualTo(0.1);
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    LabelEfficientProbe probe = LabelEfficientProbe.with(GRID, 1, 0);

    assertThatThrownBy(() -> probe.evaluate(TRAIN, IDS, 0, TEST))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("labels per class: expected 1 or more, got 0");
    assertThatThrownBy(() -> LabelEfficientProbe.with(GRID, 0, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("draws: expected 1 or more, got 0");
    assertThatThrownBy(() -> probe.evaluate(TRAIN, IDS, 600, TEST))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("got 600");
  }

  private static LabelledSet balanced(LabelledSet set, int perClass) {
    return set.select(BalancedDraw.rows(set, ids(set.rows()), perClass, 9, 9));
  }

  private static LabelledSet blobs(int rows) {
    Random random = new Random(5);
    float[] x = new float[rows * 10];
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = i % 2;
      for (int j = 0; j < 10; j++) {
        x[i * 10 + j] = (float) (12 * labels[i] + random.nextGaussian());
      }
    }
    return LabelledSet.of("blobs", Matrix.wrap(x, rows, 10), labels, 2);
  }

  private static List<String> ids(int rows) {
    return IntStream.range(0, rows).mapToObj(i -> "set/train/a#" + i).toList();
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }
}
