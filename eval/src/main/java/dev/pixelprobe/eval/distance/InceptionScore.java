package dev.pixelprobe.eval.distance;

import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.Softmax;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * exp of the mean Kullback-Leibler divergence between the classes of one image and those of all:
 * Salimans et al. 2016, arXiv:1606.03498. As torch-fidelity, the mean over splits of the shuffled
 * images and the deviation over them with divisor n.
 */
public final class InceptionScore {
  /** Splits of fewer images than this score visibly lower. */
  private static final int SPLIT_ROWS = 1_000;

  private static final int SPLITS = 10;

  private InceptionScore() {}

  /** As many splits as hold 1,000 images each: at least 1, at most the 10 of the paper. */
  public static int defaultSplits(int rows) {
    return Math.max(1, Math.min(SPLITS, rows / SPLIT_ROWS));
  }

  /**
   * The score, at least 1.
   *
   * @param logits of the classifier, one row per generated image
   * @param splits 1 to the number of rows
   * @param seed of the shuffle; without effect on one split
   */
  public static Estimate of(Features logits, int splits, long seed) {
    if (splits < 1 || splits > logits.rows()) {
      throw new IllegalArgumentException(
          "splits: expected 1 to %d, got %d".formatted(logits.rows(), splits));
    }
    int[] shuffled = Rows.shuffled(logits.rows(), seed);
    double[] scores =
        IntStream.range(0, splits)
            .mapToDouble(s -> score(logits.values().select(split(shuffled, s, splits))))
            .toArray();
    double mean = Arrays.stream(scores).average().orElseThrow();
    double variance =
        Arrays.stream(scores).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    return new Estimate(mean, splits > 1 ? Math.sqrt(variance) : null, null);
  }

  private static int[] split(int[] rows, long s, int splits) {
    int from = (int) (s * rows.length / splits);
    int to = (int) ((s + 1) * rows.length / splits);
    return Arrays.copyOfRange(rows, from, to);
  }

  private static double score(Matrix logits) {
    int rows = logits.rows();
    int classes = logits.columns();
    double[] marginal = new double[classes];
    double negativeEntropy = 0;
    double[] scores = new double[classes];
    double[] p = new double[classes];
    for (int i = 0; i < rows; i++) {
      logits.copyRow(i, scores);
      logits.copyRow(i, p);
      double logSum = Softmax.normalize(p, 0, classes);
      for (int k = 0; k < classes; k++) {
        marginal[k] += p[k] / rows;
        negativeEntropy += p[k] * (scores[k] - logSum) / rows;
      }
    }
    double crossEntropy = 0;
    for (double q : marginal) {
      crossEntropy -= q == 0 ? 0 : q * Math.log(q);
    }
    return Math.exp(negativeEntropy + crossEntropy);
  }
}
