package dev.pixelprobe.model;

import java.util.Arrays;

/**
 * Draws a token from logits and one uniform number, in float64 and the same on every machine:
 *
 * <ol>
 *   <li>tokens are ranked by logit, equal ones by their id;
 *   <li>at temperature 0 the first is taken; else the weight of a token is exp((logit - largest
 *       logit) / temperature);
 *   <li>top-k keeps the k first of the ranking;
 *   <li>top-p keeps of those the shortest beginning whose weights sum to at least p times the sum
 *       of all that top-k kept;
 *   <li>the token is the first, in the order of ids, at which the running sum of kept weights
 *       passes u times their total.
 * </ol>
 *
 * <p>Not thread-safe: it keeps its working memory.
 */
final class TokenChoice {
  private final SamplingOptions options;
  private final int kept;
  private final long[] ranking;
  private final double[] weights;

  TokenChoice(int colours, SamplingOptions options) {
    this.options = options;
    this.kept = options.topK() == 0 ? colours : Math.min(options.topK(), colours);
    this.ranking = new long[colours];
    this.weights = new double[colours];
  }

  /**
   * One token.
   *
   * @param logits unnormalised log-probabilities; those of this choice begin at {@code begin}
   * @param u uniform in [0, 1)
   * @throws InvalidInputException if a logit is not finite
   */
  int choose(float[] logits, int begin, double u) {
    rank(logits, begin);
    if (options.temperature() == 0) {
      return id(Arrays.stream(ranking).min().orElseThrow());
    }
    return invert(weigh(logits, begin), u);
  }

  /** Fills the ranking: a smaller key for a greater logit, then for a smaller id. */
  private void rank(float[] logits, int begin) {
    for (int id = 0; id < ranking.length; id++) {
      float logit = logits[begin + id];
      if (!Float.isFinite(logit)) {
        throw new InvalidInputException(
            "model: expected finite logits, got %s for token %d; import another checkpoint"
                .formatted(logit, id));
      }
      int bits = Float.floatToIntBits(logit + 0f);
      int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
      ranking[id] = ((long) ~ascending << 32) | id;
    }
  }

  private static int id(long key) {
    return (int) key;
  }

  /** Fills the weights, 0 for what is not kept, and returns their sum. */
  private double weigh(float[] logits, int begin) {
    SmallestFirst.partition(ranking, kept);
    double largest = logits[begin + id(Arrays.stream(ranking, 0, kept).min().orElseThrow())];
    Arrays.fill(weights, 0);
    double sum = 0;
    for (int rank = 0; rank < kept; rank++) {
      int id = id(ranking[rank]);
      weights[id] = StrictMath.exp((logits[begin + id] - largest) / options.temperature());
      sum += weights[id];
    }
    return options.topP() < 1 ? cut(sum) : sum;
  }

  /** Sets to 0 the weights that top-p leaves out, and returns the sum of the others. */
  private double cut(double sum) {
    Arrays.sort(ranking, 0, kept);
    double reached = 0;
    for (int rank = 0; rank < kept; rank++) {
      int id = id(ranking[rank]);
      if (reached >= options.topP() * sum) {
        weights[id] = 0;
      }
      reached += weights[id];
    }
    return reached;
  }

  private int invert(double sum, double u) {
    double target = u * sum;
    double running = 0;
    int last = -1;
    for (int id = 0; id < weights.length; id++) {
      if (weights[id] > 0) {
        running += weights[id];
        last = id;
        if (running > target) {
          return id;
        }
      }
    }
    return last; // the sum in this order may be smaller by rounding
  }
}
