package dev.pixelprobe.eval.distance;

import dev.pixelprobe.eval.InvalidInputException;
import java.util.Arrays;

/** Mean (d) and covariance (d, d; divisor n - 1, like numpy.cov) of features, in float64. */
public final class GaussianStats {
  /** Two entries that ought to be equal may differ by so much of the largest: float32 files do. */
  private static final double ASYMMETRY = 1e-5;

  private final double[] mean;
  private final double[] covariance;

  /** Takes over both arrays. */
  GaussianStats(double[] mean, double[] covariance) {
    this.mean = mean;
    this.covariance = covariance;
  }

  /**
   * Checked statistics from elsewhere.
   *
   * @param name what messages call them: a file
   * @param mean d numbers, at least one
   * @param covariance d * d numbers, row-major and symmetric
   * @throws InvalidInputException if they are no such thing
   */
  public static GaussianStats of(String name, double[] mean, double[] covariance) {
    if (mean.length == 0 || covariance.length != (long) mean.length * mean.length) {
      throw new InvalidInputException(
          "%s: expected a mean of d and a covariance of d x d numbers, got %d and %d; save both again"
              .formatted(name, mean.length, covariance.length));
    }
    GaussianStats stats = new GaussianStats(mean.clone(), covariance.clone());
    stats.check(name);
    return stats;
  }

  private void check(String name) {
    double bound = ASYMMETRY * Arrays.stream(covariance).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < dim(); i++) {
      for (int j = 0; j < dim(); j++) {
        double difference = covariance(i, j) - covariance(j, i);
        if (!Double.isFinite(mean[i]) || !(Math.abs(difference) <= bound) || covariance(i, i) < 0) {
          throw new InvalidInputException(
              "%s: expected a finite mean and a finite, symmetric covariance, got others in row %d, column %d; save them again"
                  .formatted(name, i, j));
        }
      }
    }
  }

  /** Features per image, d. */
  public int dim() {
    return mean.length;
  }

  public double mean(int i) {
    return mean[i];
  }

  public double covariance(int i, int j) {
    return covariance[i * mean.length + j];
  }

  /** A copy of the mean. */
  public double[] meanValues() {
    return mean.clone();
  }

  /** A copy of the covariance, row-major. */
  public double[] covarianceValues() {
    return covariance.clone();
  }

  /** The covariance itself, not to be written to. */
  double[] sharedCovariance() {
    return covariance;
  }

  /** The total variance. */
  double trace() {
    double sum = 0;
    for (int i = 0; i < dim(); i++) {
      sum += covariance(i, i);
    }
    return sum;
  }
}
