package dev.pixelprobe.eval.significance;

import dev.pixelprobe.eval.WilsonInterval;
import dev.pixelprobe.eval.distance.Interval;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Two accuracies on images that are not known to be the same: the pooled two-proportion z-test. */
public final class TwoProportionTest {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private TwoProportionTest() {}

  /**
   * The difference {@code p2 - p1} of shares seen in {@code n1} and {@code n2} trials.
   *
   * @return its interval by Newcombe's hybrid score method: Statistics in Medicine 1998, method 10
   */
  public static Difference of(double p1, int n1, double p2, int n2) {
    return new Difference(
        "two proportions, z", p2 - p1, interval(p1, n1, p2, n2), pValue(p1, n1, p2, n2));
  }

  private static double pValue(double p1, int n1, double p2, int n2) {
    double pooled = (p1 * n1 + p2 * n2) / ((double) n1 + n2);
    double standardError = Math.sqrt(pooled * (1 - pooled) * (1.0 / n1 + 1.0 / n2));
    if (p1 == p2) {
      return 1;
    }
    return 2 * NORMAL.survivalProbability(Math.abs(p2 - p1) / standardError);
  }

  private static Interval interval(double p1, int n1, double p2, int n2) {
    WilsonInterval w1 = WilsonInterval.of(p1, n1);
    WilsonInterval w2 = WilsonInterval.of(p2, n2);
    double down = Math.hypot(p2 - w2.lower(), w1.upper() - p1);
    double up = Math.hypot(w2.upper() - p2, p1 - w1.lower());
    return new Interval(p2 - p1 - down, p2 - p1 + up);
  }
}
