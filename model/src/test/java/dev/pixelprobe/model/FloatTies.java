package dev.pixelprobe.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * Holds two ways of drawing the same images to each other: the first token in which an image
 * differs must be one that floating point can tip.
 */
final class FloatTies {
  /** Float32 logits of two ways to compute them differ by some 1e-6; ten times that. */
  private static final float LOGIT = 1e-5f;

  private FloatTies() {}

  /** Asserts that both agree, but for images that differ from a tie on. */
  static void assertSame(
      List<Tokens> actual,
      List<Tokens> expected,
      List<ImageStart> starts,
      SamplingOptions options,
      NaiveSampler naive) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int image = 0; image < actual.size(); image++) {
      int position = firstDifference(actual.get(image), expected.get(image));
      if (position >= 0) {
        float[] logits = naive.logits(expected.get(image), position);
        double u = UniformNumbers.at(options.seed(), starts.get(image).index(), position);
        assertThat(isTie(logits, options, u))
            .as("image %d, position %d: %s or %s", image, position, actual, expected)
            .isTrue();
      }
    }
  }

  /** Whether logits that differ by {@link #LOGIT} each may give another token. */
  static boolean isTie(float[] logits, SamplingOptions options, double u) {
    TokenChoice choice = new TokenChoice(logits.length, options);
    int token = choice.choose(logits, 0, u);
    for (int moved = 0; moved < logits.length; moved++) {
      for (float by : new float[] {-LOGIT, LOGIT}) {
        float[] other = logits.clone();
        other[moved] += by;
        if (choice.choose(other, 0, u) != token) {
          return true;
        }
      }
    }
    return false;
  }

  private static int firstDifference(Tokens a, Tokens b) {
    for (int position = 0; position < a.size(); position++) {
      if (a.get(position) != b.get(position)) {
        return position;
      }
    }
    return -1;
  }
}
