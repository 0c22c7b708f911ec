package dev.pixelprobe.eval.significance;

import dev.pixelprobe.eval.distance.Interval;
import org.apache.commons.statistics.distribution.TDistribution;

/** Two means of samples with variances of their own: B. L. Welch, Biometrika 1947. */
public final class WelchTest {
  private WelchTest() {}

  /**
   * The mean of a sample.
   *
   * @param standardError of the mean
   * @param n of the sample, at least 2
   */
  public record Mean(double value, double standardError, int n) {
    private double variance() {
      return standardError * standardError;
    }
  }

  /** The difference {@code after - before}. */
  public static Difference of(Mean before, Mean after) {
    double difference = after.value - before.value;
    double variance = before.variance() + after.variance();
    if (variance == 0) {
      return new Difference(
          "Welch", difference, new Interval(difference, difference), difference == 0 ? 1 : 0);
    }
    double freedom =
        variance
            * variance
            / (squareOver(before.variance(), before.n - 1)
                + squareOver(after.variance(), after.n - 1));
    TDistribution t = TDistribution.of(freedom);
    double standardError = Math.sqrt(variance);
    double halfWidth = t.inverseSurvivalProbability(0.025) * standardError;
    return new Difference(
        "Welch",
        difference,
        new Interval(difference - halfWidth, difference + halfWidth),
        2 * t.survivalProbability(Math.abs(difference) / standardError));
  }

  private static double squareOver(double x, int n) {
    return x * x / n;
  }
}
