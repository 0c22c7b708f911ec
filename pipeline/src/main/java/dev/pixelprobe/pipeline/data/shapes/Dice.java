package dev.pixelprobe.pipeline.data.shapes;

import java.util.SplittableRandom;

/** The random choices of one picture: a pure function of the seed. */
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Uniform, from the 53 upper bits of the next word. */
  double between(double low, double high) {
    return low + (high - low) * ((random.nextLong() >>> 11) * 0x1p-53);
  }

  <T> T pick(T[] choices) {
    return choices[(int) between(0, choices.length)];
  }

  boolean chance(double probability) {
    return between(0, 1) < probability;
  }

  /** Mean 0, triangular on -1..1. */
  double noise() {
    double up = between(0, 1);
    double down = between(0, 1);
    return up - down;
  }
}
