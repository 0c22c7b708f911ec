package dev.pixelprobe.eval.significance;

import dev.pixelprobe.eval.Sample;
import dev.pixelprobe.eval.distance.Interval;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Two measurements of the same things: Student's t-test of their differences (Biometrika 1908).
 * What makes one thing harder than another is in both and drops out.
 */
public final class PairedTest {
  private PairedTest() {}

  /**
   * The mean of {@code after - before}.
   *
   * @param before at least 2
   * @param after as many, in the same order
   */
  public static Difference of(double[] before, double[] after) {
    if (before.length != after.length || before.length < 2) {
      throw new IllegalArgumentException(
          "pairs: expected 2 or more, got %d and %d".formatted(before.length, after.length));
    }
    double[] differences = new double[before.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = after[i] - before[i];
    }
    Sample sample = Sample.of(differences);
    double mean = sample.mean();
    double standardError = sample.standardError();
    if (standardError == 0) {
      return new Difference("paired t", mean, new Interval(mean, mean), mean == 0 ? 1 : 0);
    }
    TDistribution t = TDistribution.of(differences.length - 1);
    double halfWidth = t.inverseSurvivalProbability(0.025) * standardError;
    return new Difference(
        "paired t",
        mean,
        new Interval(mean - halfWidth, mean + halfWidth),
        2 * t.survivalProbability(Math.abs(mean) / standardError));
  }
}
