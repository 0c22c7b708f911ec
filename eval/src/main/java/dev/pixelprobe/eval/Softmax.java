package dev.pixelprobe.eval;

/** The softmax of a row of scores: p(k) = exp(score(k)) / Σ exp(score). */
public final class Softmax {
  private Softmax() {}

  /**
   * Replaces the {@code classes} scores from {@code offset} by their probabilities.
   *
   * @return ln Σ exp(score), so that -ln p(k) is this minus score k
   */
  public static double normalize(double[] scores, int offset, int classes) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = offset; k < offset + classes; k++) {
      max = Math.max(max, scores[k]);
    }
    double sum = 0;
    for (int k = offset; k < offset + classes; k++) {
      scores[k] = Math.exp(scores[k] - max);
      sum += scores[k];
    }
    for (int k = offset; k < offset + classes; k++) {
      scores[k] /= sum;
    }
    return max + Math.log(sum);
  }
}
