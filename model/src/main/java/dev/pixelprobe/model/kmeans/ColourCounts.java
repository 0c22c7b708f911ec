package dev.pixelprobe.model.kmeans;

import java.util.Arrays;

/** Distinct colours 0xRRGGBB in ascending order, and how many pixels have each. Immutable. */
public final class ColourCounts {
  private static final int MAX_COLOUR = 0xffffff;

  private final int[] colours;
  private final long[] counts;

  private ColourCounts(int[] colours, long[] counts) {
    this.colours = colours;
    this.counts = counts;
  }

  /**
   * Takes over both arrays without a copy: the caller must not write to them afterwards.
   *
   * @param colours 0xRRGGBB, ascending
   * @param counts pixels of each colour, at least 1
   */
  public static ColourCounts wrap(int[] colours, long[] counts) {
    boolean valid = colours.length == counts.length;
    for (int i = 0; valid && i < colours.length; i++) {
      int before = i == 0 ? -1 : colours[i - 1];
      valid = colours[i] > before && colours[i] <= MAX_COLOUR && counts[i] > 0;
    }
    if (!valid) {
      throw new IllegalArgumentException(
          "colours: expected ascending 0xRRGGBB and a count above 0 for each");
    }
    return new ColourCounts(colours, counts);
  }

  /** Number of distinct colours. */
  public int size() {
    return colours.length;
  }

  /** The i-th colour, 0xRRGGBB. */
  public int colour(int i) {
    return colours[i];
  }

  /** How many pixels have the i-th colour. */
  public long count(int i) {
    return counts[i];
  }

  public long pixels() {
    return Arrays.stream(counts).sum();
  }

  /** The pixels of both. */
  public ColourCounts plus(ColourCounts other) {
    int[] merged = new int[size() + other.size()];
    long[] sums = new long[merged.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < size() || j < other.size()) {
      int mine = i < size() ? colours[i] : Integer.MAX_VALUE;
      int theirs = j < other.size() ? other.colours[j] : Integer.MAX_VALUE;
      merged[size] = Math.min(mine, theirs);
      if (mine <= theirs) {
        sums[size] += counts[i++];
      }
      if (theirs <= mine) {
        sums[size] += other.counts[j++];
      }
      size++;
    }
    return new ColourCounts(Arrays.copyOf(merged, size), Arrays.copyOf(sums, size));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ColourCounts that
        && Arrays.equals(colours, that.colours)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(colours) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "ColourCounts[%d colours, %d pixels]".formatted(size(), pixels());
  }
}
