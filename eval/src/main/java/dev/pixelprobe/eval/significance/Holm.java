package dev.pixelprobe.eval.significance;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Many tests at once: S. Holm, Scand. J. Statist. 1979. Calling significant what is adjusted below
 * alpha finds anything in pure noise with probability alpha at most, however the tests depend on
 * each other.
 */
public final class Holm {
  private Holm() {}

  /** The p-values adjusted, in the same order. */
  public static double[] adjust(double[] pValues) {
    int[] ascending =
        IntStream.range(0, pValues.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> pValues[i]))
            .mapToInt(i -> i)
            .toArray();
    double[] adjusted = new double[pValues.length];
    double highest = 0;
    for (int rank = 0; rank < ascending.length; rank++) {
      int i = ascending[rank];
      highest = Math.max(highest, Math.min(1, (pValues.length - rank) * pValues[i]));
      adjusted[i] = highest;
    }
    return adjusted;
  }
}
