package dev.pixelprobe.eval.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.eval.Sample;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KernelDistanceTest {
  private static final KernelDistance.Options SMALL = new KernelDistance.Options(40, 50, 0);

  private static FeaturePair pair(int rows, double shift, long seed) {
    double[] deviations = {1, 0.5, 2};
    return new FeaturePair(
        Draws.normal(rows, 0, deviations, 2 * seed),
        Draws.normal(rows, shift, deviations, 2 * seed + 1));
  }

  private static double value(FeaturePair pair) {
    return KernelDistance.between(pair, KernelDistance.Options.DEFAULT, null).value();
  }

  @Test
  void twoPointsEachHaveAClosedForm() {
    // k(0, 1) = 1; k(2, 3) = 7³; k(0, .) = 1, k(1, 2) = 3³, k(1, 3) = 4³.
    FeaturePair pair = new FeaturePair(Draws.of(1, 0, 1), Draws.of(1, 2, 3));

    assertThat(value(pair)).isEqualTo(1 + 343 - 2 * (1 + 1 + 27 + 64) / 4.0);
  }

  @Test
  void theKernelDividesByTheWidth() {
    FeaturePair pair = new FeaturePair(Draws.of(2, 0, 0, 0, 2), Draws.of(2, 0, 4, 0, 4));

    // x·y/2: 0; 8; 0, 0, 4, 4.
    assertThat(value(pair)).isEqualTo(1 + 729 - 2 * (1 + 1 + 125 + 125) / 4.0);
  }

  @Test
  void isUnbiased() {
    double[] values = IntStream.range(0, 400).mapToDouble(s -> value(pair(20, 0, s))).toArray();

    Sample sample = Sample.of(values);
    assertThat(sample.mean()).isCloseTo(0, within(3 * sample.standardError()));
    assertThat(Arrays.stream(values).min())
        .as("the least")
        .satisfies(v -> assertThat(v.getAsDouble()).isNegative());
  }

  /**
   * torch-fidelity computes it in float32: the sums of 489,300 kernels each, about 1.1e6, are
   * rounded to 0.125, and so its value to about 5e-7. In float64, and with numpy's longdouble, it
   * is
   *
   * <pre>{@code
   * X, Y = (np.load(f)[:700].astype(np.longdouble) for f in ("real.npy", "fake.npy"))
   * k = lambda a, b: (a @ b.T / 24 + 1) ** 3
   * off = lambda K: (K.sum() - np.trace(K)) / (700 * 699)
   * off(k(X, X)) + off(k(Y, Y)) - 2 * k(X, Y).mean()      # 0.044607915534172031
   * }</pre>
   */
  @Test
  void isTorchFidelitysUpToItsFloat32() throws IOException {
    double value = value(Golden.pair());

    assertThat(value).isCloseTo(0.04460791553417203, within(1e-12));
    assertThat(value).isCloseTo(Golden.expected("/kid_first_min_n_unbiased_poly3"), within(5e-7));
  }

  @Test
  void subsetsAverageToTheWhole() {
    FeaturePair pair = pair(200, 0.5, 1);

    Estimate estimate = KernelDistance.between(pair, SMALL, null);

    double deviation = Objects.requireNonNull(estimate.deviation());
    assertThat(deviation).isPositive();
    assertThat(estimate.value()).isCloseTo(value(pair), within(3 * deviation / Math.sqrt(40)));
    assertThat(KernelDistance.between(pair, SMALL, null)).isEqualTo(estimate);
    assertThat(KernelDistance.between(pair, SMALL.withSeed(1), null).value())
        .isNotEqualTo(estimate.value());
  }

  @ParameterizedTest(name = "{0} real images")
  @ValueSource(ints = {50, 60})
  void theFirstRowsAreTheOnlySubsetWhereASideHasNoMore(int realRows) {
    Features real = Draws.normal(realRows, 0, new double[] {1, 2}, 1);
    Features fake = Draws.normal(50, 1, new double[] {1, 2}, 2);
    Features first = Features.of("first", real.values().select(IntStream.range(0, 50).toArray()));

    Estimate estimate = KernelDistance.between(new FeaturePair(real, fake), SMALL, null);

    assertThat(estimate.deviation()).isNull();
    assertThat(estimate.value()).isEqualTo(value(new FeaturePair(first, fake)));
  }

  /** With one subset and with many, for distances of other draws. */
  @ParameterizedTest(name = "subsets of {0}")
  @ValueSource(ints = {100, 1000})
  void theIntervalIsAsWideAsDistancesOfOtherDrawsScatter(int subsetSize) {
    KernelDistance.Options options = new KernelDistance.Options(20, subsetSize, 0);
    double[] values =
        IntStream.range(0, 200)
            .mapToDouble(s -> KernelDistance.between(pair(300, 1, 100 + s), options, null).value())
            .toArray();
    double deviation = Sample.of(values).standardDeviation();

    double[] widths =
        IntStream.range(0, 10)
            .mapToDouble(
                s -> {
                  Estimate estimate =
                      KernelDistance.between(pair(300, 1, s), options, Bootstrap.DEFAULT);
                  Interval interval = Objects.requireNonNull(estimate.ci95());
                  assertThat(estimate.value()).isBetween(interval.lower(), interval.upper());
                  return interval.upper() - interval.lower();
                })
            .toArray();

    // 200 draws know the deviation to 1 in √400.
    double expected = 2 * 1.959964 * deviation;
    assertThat(Sample.of(widths).mean()).isCloseTo(expected, within(0.2 * expected));
  }
}
