package dev.pixelprobe.eval.distance;

import dev.pixelprobe.eval.Matrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The Fréchet distance that endless generated images would have: Chong &amp; Forsyth 2020,
 * Effectively Unbiased FID and Inception Score, arXiv:1911.07023. The distance of n images exceeds
 * it by about a constant times 1/n, so a line through the distances of {@value #SIZES} sample sizes
 * is followed to 1/n = 0. As in the paper the generated images are sampled and the statistics of
 * the real ones stay what they are.
 */
public final class FrechetInfinity {
  /** Fewer rows leave no two sizes to put a line through. */
  static final int MIN_ROWS = 3;

  private static final int SIZES = 15;

  private FrechetInfinity() {}

  /**
   * Follows the line. The sizes go in equal steps from a tenth of the images (more where that is
   * less than twice the width, but at most half) to all; each sample is the first rows of one
   * shuffle.
   *
   * @param real distances from the real images
   * @param fake at least 3 rows
   * @param seed of the shuffle
   */
  public static double of(FrechetDistance real, Features fake, long seed) {
    int[] shuffled = Rows.shuffled(fake.rows(), seed);
    int[] sizes = sizes(fake.rows(), fake.width());
    double[] inverses = Arrays.stream(sizes).mapToDouble(n -> 1.0 / n).toArray();
    double[] distances = new double[sizes.length];
    Moments moments = Moments.empty();
    for (int s = 0, start = 0; s < sizes.length; start = sizes[s++]) {
      Matrix more = fake.values().select(Arrays.copyOfRange(shuffled, start, sizes[s]));
      moments.add(more);
      distances[s] = real.to(moments.toStats());
    }
    return intercept(inverses, distances);
  }

  static int[] sizes(int rows, int width) {
    int first = Math.max(2, Math.max(rows / 10, Math.min(2 * width, rows / 2)));
    return IntStream.range(0, SIZES)
        .map(s -> first + (int) ((long) (rows - first) * s / (SIZES - 1)))
        .distinct()
        .toArray();
  }

  /** Where the least-squares line through the points meets x = 0. */
  static double intercept(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
    }
    return meanY - xy / xx * meanX;
  }
}
