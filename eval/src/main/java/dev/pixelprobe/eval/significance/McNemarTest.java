package dev.pixelprobe.eval.significance;

import dev.pixelprobe.eval.distance.Interval;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Two classifiers on the same images: Q. McNemar, Psychometrika 1947, in its exact form. Images
 * that both get right, or both wrong, tell nothing; the others fall to either side with probability
 * one half if the classifiers are equally good.
 */
public final class McNemarTest {
  private static final double Z = 1.959963984540054;

  private McNemarTest() {}

  /**
   * The difference of two accuracies.
   *
   * @param onlyBefore images that the earlier classifier alone got right
   * @param onlyAfter images that the later one alone got right
   * @param n all images, at least 1
   * @return its interval by Agresti and Min, Statistics in Medicine 2005: Wald's with half an image
   *     added to each of the four cells
   */
  public static Difference of(int onlyBefore, int onlyAfter, int n) {
    double difference = (double) (onlyAfter - onlyBefore) / n;
    return new Difference(
        "McNemar, exact",
        difference,
        interval(onlyBefore, onlyAfter, n),
        pValue(onlyBefore, onlyAfter));
  }

  private static double pValue(int onlyBefore, int onlyAfter) {
    int discordant = onlyBefore + onlyAfter;
    int fewer = Math.min(onlyBefore, onlyAfter);
    double tail = BinomialDistribution.of(discordant, 0.5).cumulativeProbability(fewer);
    return Math.min(1, 2 * tail);
  }

  private static Interval interval(int onlyBefore, int onlyAfter, int n) {
    double b = onlyBefore + 0.5;
    double c = onlyAfter + 0.5;
    double total = n + 2;
    double d = (c - b) / total;
    double halfWidth = Z * Math.sqrt((b + c) / total - d * d) / Math.sqrt(total);
    return new Interval(Math.max(-1, d - halfWidth), Math.min(1, d + halfWidth));
  }
}
