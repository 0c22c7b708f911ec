package dev.pixelprobe.eval.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.eval.InvalidInputException;
import org.junit.jupiter.api.Test;

final class GaussianStatsTest {
  @Test
  void keepsCopies() {
    double[] mean = {1};
    double[] covariance = {4};
    GaussianStats stats = GaussianStats.of("file", mean, covariance);
    mean[0] = 2;
    covariance[0] = 5;
    stats.meanValues()[0] = 3;
    stats.covarianceValues()[0] = 6;

    assertThat(stats.mean(0)).isEqualTo(1);
    assertThat(stats.covariance(0, 0)).isEqualTo(4);
  }

  @Test
  void roundingToFloat32IsNoAsymmetry() {
    float rounded = 0.1f;
    double[] covariance = {1, 0.1, rounded, 1};

    assertThat(GaussianStats.of("file", new double[2], covariance).covariance(0, 1)).isEqualTo(0.1);
  }

  @Test
  void whatIsNoCovarianceIsRefused() {
    assertRefused(new double[0], new double[0]);
    assertRefused(new double[2], new double[3]);
    assertRefused(new double[2], new double[] {1, 0.5, 0.4, 1});
    assertRefused(new double[2], new double[] {1, 0, 0, -1});
    assertRefused(new double[] {0, Double.NaN}, new double[] {1, 0, 0, 1});
    assertRefused(new double[2], new double[] {1, 0, 0, Double.NaN});
    assertRefused(new double[2], new double[] {1, 0, 0, Double.POSITIVE_INFINITY});
  }

  private static void assertRefused(double[] mean, double[] covariance) {
    assertThatThrownBy(() -> GaussianStats.of("s.npz", mean, covariance))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("s.npz: expected");
  }
}
