package dev.pixelprobe.eval.distance;

import java.util.SplittableRandom;

/**
 * How intervals are found: by giving every image a random weight, Poisson with mean 1, in each
 * resample. That is resampling images with replacement but for their total number, which the
 * statistics divide by (Chamandy et al. 2012, Estimating Uncertainty for Massive Data Streams). An
 * image's weights are a pure function of the seed and its row.
 *
 * @param resamples 500 by default: the ends of a 95% interval then lie within about 0.7 points of
 *     their percentiles; at least 2
 */
public record Bootstrap(int resamples, long seed) {
  public static final Bootstrap DEFAULT = new Bootstrap(500, 0);

  /** P(weight at most k) for k = 0, 1, ..; what is beyond the last has probability 1e-14. */
  private static final double[] CUMULATIVE = cumulative();

  /** Keeps the streams of neighbouring rows apart. */
  private static final long ROW_STRIDE = 0xD1342543DE82EF95L;

  public Bootstrap {
    if (resamples < 2) {
      throw new IllegalArgumentException("resamples: expected at least 2, got " + resamples);
    }
  }

  /** Fills in the weights of a row in every resample. */
  void weigh(Side side, int row, double[] weights) {
    SplittableRandom random = new SplittableRandom(seed ^ ROW_STRIDE * (2L * row + side.stream));
    for (int b = 0; b < resamples; b++) {
      double uniform = random.nextDouble();
      int weight = 0;
      while (weight < CUMULATIVE.length && uniform >= CUMULATIVE[weight]) {
        weight++;
      }
      weights[b] = weight;
    }
  }

  /** Whose images; each side has weights of its own. */
  enum Side {
    REAL(1),
    FAKE(2);

    private final int stream;

    Side(int stream) {
      this.stream = stream;
    }
  }

  private static double[] cumulative() {
    double[] sums = new double[17];
    double probability = Math.exp(-1);
    double sum = 0;
    for (int k = 0; k < sums.length; k++) {
      sum += probability;
      sums[k] = sum;
      probability /= k + 1;
    }
    return sums;
  }
}
