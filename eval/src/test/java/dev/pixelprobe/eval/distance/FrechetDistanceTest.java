package dev.pixelprobe.eval.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrechetDistanceTest {
  private static GaussianStats diagonal(double[] mean, double... variances) {
    double[] covariance = new double[variances.length * variances.length];
    for (int j = 0; j < variances.length; j++) {
      covariance[j * variances.length + j] = variances[j];
    }
    return GaussianStats.of("diagonal", mean, covariance);
  }

  @Test
  void diagonalCovariancesHaveAClosedForm() {
    // |mu1 - mu2|² + Σ(√s1 - √s2)² = 9 + (1 - 3)² + 0
    GaussianStats p = diagonal(new double[] {0, 1}, 1, 4);
    GaussianStats q = diagonal(new double[] {3, 1}, 9, 4);

    assertThat(FrechetDistance.between(p, q)).isCloseTo(13.0, within(1e-12));
  }

  @Test
  void oneFeatureHasAClosedForm() {
    GaussianStats p = diagonal(new double[] {1}, 0.25);
    GaussianStats q = diagonal(new double[] {-1}, 16);

    assertThat(FrechetDistance.between(p, q)).isCloseTo(4 + 3.5 * 3.5, within(1e-12));
  }

  @Test
  void covariancesThatDoNotCommuteHaveAClosedFormInThePlane() {
    // For 2 x 2: tr (AB)^½ = √(tr AB + 2 √det AB).
    GaussianStats p = GaussianStats.of("a", new double[2], new double[] {2, 1, 1, 3});
    GaussianStats q = GaussianStats.of("b", new double[2], new double[] {1, -0.5, -0.5, 1});
    double traceOfProduct = 2 - 0.5 - 0.5 + 3;
    double root = Math.sqrt(traceOfProduct + 2 * Math.sqrt(5 * 0.75));

    assertThat(FrechetDistance.between(p, q)).isCloseTo(5 + 2 - 2 * root, within(1e-12));
  }

  @Test
  void whatVariesAlongDifferentAxesOnlySharesNothing() {
    GaussianStats p = diagonal(new double[3], 2, 0, 0);
    GaussianStats q = diagonal(new double[3], 0, 5, 0);

    assertThat(FrechetDistance.between(p, q)).isCloseTo(7, within(1e-12));
  }

  @Test
  void aConstantIsAsFarAsTheOthersSpread() {
    GaussianStats constant = diagonal(new double[2], 0, 0);
    GaussianStats other = diagonal(new double[] {0, 2}, 1, 3);

    assertThat(FrechetDistance.between(constant, other)).isCloseTo(8, within(1e-12));
    assertThat(FrechetDistance.between(other, constant)).isCloseTo(8, within(1e-12));
    assertThat(FrechetDistance.between(constant, constant)).isZero();
  }

  /** Where deviations fall steeply, the square roots of rounded eigenvalues would add up. */
  @ParameterizedTest(name = "{0} rows of {1} features, each {2} of the last")
  @CsvSource({"300, 60, 1.0", "300, 60, 0.8", "40, 60, 1.0", "40, 60, 0.8", "2, 60, 0.9"})
  void isZeroOnItself(int rows, int dim, double ratio) {
    GaussianStats p = Draws.stats(Draws.normal(rows, 3, Draws.deviations(dim, 1, ratio), 1));

    assertThat(FrechetDistance.between(p, p)).isBetween(0.0, 1e-11 * p.trace());
  }

  @ParameterizedTest(name = "{0} and {1} rows of 30 features")
  @CsvSource({"200, 100", "200, 20", "20, 10", "2, 3"})
  void isSymmetricAlsoWhereACovarianceIsSingular(int realRows, int fakeRows) {
    GaussianStats p = Draws.stats(Draws.normal(realRows, 0, Draws.deviations(30, 1, 0.9), 1));
    GaussianStats q = Draws.stats(Draws.normal(fakeRows, 0.1, Draws.deviations(30, 2, 0.8), 2));

    double distance = FrechetDistance.between(p, q);

    assertThat(distance).isFinite().isPositive();
    assertThat(FrechetDistance.between(q, p)).isCloseTo(distance, within(1e-12 * distance));
  }

  @Test
  void turningOrMovingBothChangesNothing() {
    Features x = Draws.normal(200, 0, Draws.deviations(12, 1, 0.7), 1);
    Features y = Draws.normal(100, 0.5, Draws.deviations(12, 2, 0.8), 2);
    double distance = FrechetDistance.between(Draws.stats(x), Draws.stats(y));

    double moved =
        FrechetDistance.between(Draws.movedStats(x, 0.7, 100), Draws.movedStats(y, 0.7, 100));

    assertThat(moved).isCloseTo(distance, within(1e-11 * distance));
    assertThat(FrechetDistance.between(Draws.movedStats(x, 0.7, 0), Draws.stats(y)))
        .as("turning one of them does")
        .isNotCloseTo(distance, within(1e-3 * distance));
  }

  @Test
  void isTorchFidelitys() throws IOException {
    FeaturePair pair = Golden.pair();

    double distance = FrechetDistance.between(Draws.stats(pair.real()), Draws.stats(pair.fake()));

    double expected = Golden.expected("/fid");
    assertThat(distance).isCloseTo(expected, within(1e-6 * expected));
  }

  @Test
  void otherWidthsAreABug() {
    assertThatThrownBy(
            () ->
                FrechetDistance.between(diagonal(new double[1], 1), diagonal(new double[2], 1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
