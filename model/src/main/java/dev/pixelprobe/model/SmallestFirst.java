package dev.pixelprobe.model;

/** Hoare's selection (1961): the smallest k of distinct keys to the front, in linear time. */
final class SmallestFirst {
  private SmallestFirst() {}

  /** Moves the {@code k} smallest keys to the front, in no order. */
  static void partition(long[] keys, int k) {
    int low = 0;
    int high = keys.length - 1;
    while (low < high) {
      int boundary = split(keys, low, high);
      if (k <= boundary + 1) {
        high = boundary;
      } else {
        low = boundary + 1;
      }
    }
  }

  /** Keys up to the returned place are no greater than those after it. */
  private static int split(long[] keys, int low, int high) {
    long pivot = keys[(low + high) >>> 1];
    int left = low - 1;
    int right = high + 1;
    while (true) {
      do {
        left++;
      } while (keys[left] < pivot);
      do {
        right--;
      } while (keys[right] > pivot);
      if (left >= right) {
        return right;
      }
      long key = keys[left];
      keys[left] = keys[right];
      keys[right] = key;
    }
  }
}
