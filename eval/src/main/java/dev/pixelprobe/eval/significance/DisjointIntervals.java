package dev.pixelprobe.eval.significance;

import dev.pixelprobe.eval.distance.Interval;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Two values of which nothing is known but their 95% intervals: they differ if these do not
 * overlap. That asks for more than a test of the difference would.
 */
public final class DisjointIntervals {
  private static final double Z = 1.959963984540054;

  private DisjointIntervals() {}

  /**
   * The difference {@code after - before}. Its p is below 0.05 where the intervals lie apart;
   * beyond, it is what two normal intervals of confidence 1 - p would just touch at.
   */
  public static Difference of(double before, Interval ofBefore, double after, Interval ofAfter) {
    boolean rises = after > before;
    double reach =
        rises
            ? ofBefore.upper() - before + after - ofAfter.lower()
            : before - ofBefore.lower() + ofAfter.upper() - after;
    return new Difference(
        "intervals apart", after - before, null, pValue(Math.abs(after - before), reach));
  }

  private static double pValue(double difference, double reach) {
    if (difference == 0) {
      return 1;
    }
    double halfWidths = Math.max(0, reach);
    return 2 * NormalDistribution.of(0, 1).survivalProbability(Z * difference / halfWidths);
  }
}
