package dev.pixelprobe.model;

import java.util.Random;

/**
 * Which tokens a BERT model has to guess when it is scored. OpenAI's code hides each with
 * probability 0.15, anew in every run; here 15% of the positions, rounded and at least one, are
 * drawn by the image's own tokens, so an image scores the same in any batch, order and run.
 *
 * <p>The draw: {@link java.util.Random}, seeded by the 64-bit FNV-1a hash of the token ids as
 * little-endian 32-bit integers, shuffles the positions 0..N-1 from the front (Fisher and Yates:
 * position i changes places with {@code i + nextInt(N - i)}); the first ones are hidden.
 */
final class HiddenTokens {
  private static final double SHARE = 0.15;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private HiddenTokens() {}

  /** How many of an image's tokens are hidden. */
  static int count(int positions) {
    return Math.max(1, (int) Math.round(SHARE * positions));
  }

  /** 1 at the hidden positions, 0 elsewhere: [N]. */
  static float[] of(Tokens tokens) {
    int n = tokens.size();
    int[] shuffled = new int[n];
    for (int i = 0; i < n; i++) {
      shuffled[i] = i;
    }
    float[] hidden = new float[n];
    Random random = new Random(fnv1a(tokens));
    for (int i = 0; i < count(n); i++) {
      int other = i + random.nextInt(n - i);
      int drawn = shuffled[other];
      shuffled[other] = shuffled[i];
      shuffled[i] = drawn;
      hidden[drawn] = 1;
    }
    return hidden;
  }

  private static long fnv1a(Tokens tokens) {
    long hash = FNV_OFFSET;
    for (int id : tokens.toInts()) {
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        hash = (hash ^ ((id >>> shift) & 0xff)) * FNV_PRIME;
      }
    }
    return hash;
  }
}
