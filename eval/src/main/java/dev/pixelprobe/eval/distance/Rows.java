package dev.pixelprobe.eval.distance;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Row numbers in random order: a pure function of the seed. */
final class Rows {
  private Rows() {}

  /** All of {@code count} rows, shuffled. */
  static int[] shuffled(int count, long seed) {
    return sample(count, count, new SplittableRandom(seed));
  }

  /** {@code size} different rows of {@code count}. */
  static int[] sample(int count, int size, SplittableRandom random) {
    int[] rows = IntStream.range(0, count).toArray();
    for (int i = 0; i < size; i++) {
      int other = random.nextInt(i, count);
      int row = rows[other];
      rows[other] = rows[i];
      rows[i] = row;
    }
    return Arrays.copyOf(rows, size);
  }
}
