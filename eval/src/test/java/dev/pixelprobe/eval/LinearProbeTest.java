package dev.pixelprobe.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearProbeTest {
  private static final LabelledSet ALL = Samples.noisyClasses(900, 30, 4, 1);
  private static final LabelledSet TRAIN = ALL.select(range(0, 600));
  private static final LabelledSet TEST = ALL.select(range(600, 900));
  private static final boolean[] HELD_OUT = HoldOut.everyTenth(600);
  private static final LinearProbe PROBE = LinearProbe.with(LinearProbe.Options.DEFAULT);

  @Test
  void choosesCOnHeldOutRowsAndRefitsOnAll() {
    ProbeResult result = PROBE.evaluate(TRAIN, HELD_OUT, TEST);

    Standardizer kept = Standardizer.fit(keptRows().features());
    LabelledSet scaledKept = keptRows().withFeatures(kept.apply(keptRows().features()));
    LabelledSet held = TRAIN.select(IntStream.range(0, 600).filter(i -> HELD_OUT[i]).toArray());
    LabelledSet scaledHeld = held.withFeatures(kept.apply(held.features()));
    double best =
        LogisticRegression.fit(scaledKept, LinearProbe.Options.DEFAULT.cs()).stream()
            .mapToDouble(fit -> fit.classifier().score(scaledHeld).accuracy())
            .max()
            .orElseThrow();
    assertThat(result.validationAccuracy()).isEqualTo(best);

    Standardizer all = Standardizer.fit(TRAIN.features());
    LogisticRegression.Fit fit =
        LogisticRegression.fit(TRAIN.withFeatures(all.apply(TRAIN.features())), List.of(result.c()))
            .get(0);
    Score score = fit.classifier().score(TEST.withFeatures(all.apply(TEST.features())));
    assertThat(result.testAccuracy()).isEqualTo(score.accuracy());
    assertThat(result.testNll()).isEqualTo(score.nll());
    assertThat(result.confusion()).isEqualTo(score.confusion());
    assertThat(result.objective()).isEqualTo(fit.objective());
    assertThat(result.iterations()).isEqualTo(fit.iterations());
    assertThat(result.testAccuracyCi95()).isEqualTo(WilsonInterval.of(score.accuracy(), 300));
    assertThat(result.converged()).isTrue();
    assertThat(result.dim()).isEqualTo(30);
    assertThat(result.nTrain()).isEqualTo(600);
    assertThat(result.nTest()).isEqualTo(300);
  }

  @Test
  void testRowsHaveNoSayInTheChoice() {
    LabelledSet others = TEST.select(range(0, 50));

    ProbeResult a = PROBE.evaluate(TRAIN, HELD_OUT, TEST);
    ProbeResult b = PROBE.evaluate(TRAIN, HELD_OUT, others);

    assertThat(b.c()).isEqualTo(a.c());
    assertThat(b.validationNll()).isEqualTo(a.validationNll());
    assertThat(b.objective()).isEqualTo(a.objective());
  }

  @Test
  void amongEquallyAccurateCsTheLowerNllWins() {
    // One feature that separates both classes: every C gets all held-out rows right, larger ones
    // surer.
    float[] x = new float[40];
    int[] labels = new int[40];
    for (int i = 0; i < 40; i++) {
      labels[i] = i / 2 % 2;
      x[i] = 2 * labels[i] - 1;
    }
    LabelledSet train = LabelledSet.of("split", Matrix.wrap(x, 40, 1), labels, 2);

    assertThat(PROBE.evaluate(train, train).c()).isEqualTo(100);
  }

  @Test
  void featuresThatSayNothingChooseTheSmallestC() {
    LabelledSet blind = TRAIN.withFeatures(Matrix.wrap(new float[600], 600, 1));

    assertThat(PROBE.evaluate(blind, HELD_OUT, blind).c()).isEqualTo(1e-4);
  }

  @Test
  void aSingleCWithoutIdsNeedsNoHeldOutRows() {
    LinearProbe probe = LinearProbe.with(LinearProbe.Options.DEFAULT.withCs(List.of(0.1)));

    ProbeResult plain = probe.evaluate(TRAIN, TEST);
    ProbeResult validated = probe.evaluate(TRAIN, HELD_OUT, TEST);

    assertThat(plain.validationAccuracy()).isNull();
    assertThat(validated.validationAccuracy()).isNotNull();
    assertThat(plain.testNll()).isEqualTo(validated.testNll());
  }

  @Test
  void unscaledFeaturesAreFittedAsTheyAre() {
    LinearProbe.Options options = LinearProbe.Options.DEFAULT.withCs(List.of(0.1));
    ProbeResult raw = LinearProbe.with(options.withStandardize(false)).evaluate(TRAIN, TEST);

    assertThat(raw.objective())
        .isEqualTo(LogisticRegression.fit(TRAIN, List.of(0.1)).get(0).objective());
    assertThat(raw.objective())
        .isNotEqualTo(LinearProbe.with(options).evaluate(TRAIN, TEST).objective());
  }

  @Test
  void foldsAreProbedEachForItselfAndAveraged() {
    List<int[]> folds = List.of(range(0, 200), range(150, 350), range(400, 600));

    ProbeResult result = PROBE.evaluateFolds(TRAIN, HELD_OUT, folds, TEST);

    List<Double> accuracies =
        folds.stream()
            .map(f -> PROBE.evaluate(TRAIN.select(f), HoldOut.everyTenth(200), TEST))
            .map(ProbeResult::testAccuracy)
            .toList();
    double a = accuracies.get(0);
    double b = accuracies.get(1);
    double c = accuracies.get(2);
    double mean = (a + b + c) / 3;
    double squares = (a - mean) * (a - mean) + (b - mean) * (b - mean) + (c - mean) * (c - mean);
    assertThat(result.folds())
        .satisfies(
            f -> {
              assertThat(f.count()).isEqualTo(3);
              assertThat(f.accuracies()).isEqualTo(accuracies);
              assertThat(f.standardDeviation()).isCloseTo(Math.sqrt(squares / 2), within(1e-15));
            });
    assertThat(result.testAccuracy()).isCloseTo(mean, within(1e-15));
    assertThat(result.nTrain()).isEqualTo(200);
    assertThat(result.confusion().total()).isEqualTo(900);
  }

  @Test
  void theMajorityIsTheMostFrequentClassOfTraining() {
    int[] counts = TRAIN.classCounts();
    int majority = IntStream.range(0, 4).reduce(0, (a, b) -> counts[b] > counts[a] ? b : a);

    ProbeResult result = Baselines.majority(TRAIN, HELD_OUT, TEST).result();

    assertThat(result.name()).isEqualTo("majority");
    assertThat(result.testAccuracy()).isEqualTo(TEST.classCounts()[majority] / 300.0);
    assertThat(result.dim()).isZero();
    double nll = 0;
    for (int k = 0; k < 4; k++) {
      nll -= TEST.classCounts()[k] / 300.0 * Math.log(counts[k] / 600.0);
    }
    assertThat(result.testNll()).isCloseTo(nll, within(1e-12));
  }

  @Test
  void refusesWhatCannotBeProbed() {
    assertThatThrownBy(() -> PROBE.evaluate(TRAIN, new boolean[600], TEST))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "random: expected some held-out rows to choose C by, got none of 600");
    LabelledSet narrow = TEST.withFeatures(Matrix.wrap(new float[300], 300, 1));
    assertThatThrownBy(() -> PROBE.evaluate(TRAIN, HELD_OUT, narrow))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected 30 features and 4 classes as in random, got 1 and 4");
    assertThatThrownBy(() -> PROBE.evaluate(TRAIN, HELD_OUT, TEST.select(new int[0])))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("random: expected at least 1 row, got 0");
    assertThatThrownBy(
            () -> PROBE.evaluateFolds(TRAIN, HELD_OUT, List.of(new int[] {5, 600}), TEST))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("random: expected rows of folds from 0 to 599, got 600");
    assertThatThrownBy(() -> LinearProbe.Options.DEFAULT.withCs(List.of()))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> LinearProbe.Options.DEFAULT.withCs(List.of(1.0, -1.0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("got -1.0");
  }

  private static LabelledSet keptRows() {
    return TRAIN.select(IntStream.range(0, 600).filter(i -> !HELD_OUT[i]).toArray());
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }
}
