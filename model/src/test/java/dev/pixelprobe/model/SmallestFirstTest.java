package dev.pixelprobe.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallestFirstTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 101})
  void theFrontHoldsTheSmallest(int size) {
    Random random = new Random(size);
    for (int k = 1; k <= size; k++) {
      long[] keys = random.longs().distinct().limit(size).toArray();
      long[] sorted = keys.clone();
      Arrays.sort(sorted);

      SmallestFirst.partition(keys, k);

      Arrays.sort(keys, 0, k);
      assertThat(Arrays.copyOf(keys, k)).isEqualTo(Arrays.copyOf(sorted, k));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sortedKeysAreNoTrap(boolean ascending) {
    long[] keys = new long[1000];
    Arrays.setAll(keys, i -> ascending ? i : -i);

    SmallestFirst.partition(keys, 40);

    assertThat(Arrays.stream(keys, 0, 40).max().orElseThrow()).isEqualTo(ascending ? 39 : -960);
  }
}
