package dev.pixelprobe.model;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/**
 * Finds the palette colour nearest to a pixel: argmin of the squared distance in float64, the first
 * of equals. Exact, yet it compares few colours: the colour cube is cut into 32 x 32 x 32 cells,
 * and each remembers, from its first use on, the colours that can be nearest to a pixel in it. A
 * colour is left out only if another is nearer to the cell's every pixel. Thread-safe.
 */
public final class NearestColour {
  private static final int CELL_BITS = 3;
  private static final int CELL_SIZE = 1 << CELL_BITS;
  private static final int CELLS_PER_AXIS = 256 >> CELL_BITS;

  /** Squared distances are at most 12: rounding stays far below this. */
  private static final double ROUNDING = 1e-12;

  private static final double[] SCALED =
      IntStream.range(0, 256).mapToDouble(p -> p / 127.5 - 1).toArray();

  private final double[] palette;
  private final AtomicReferenceArray<short[]> candidates =
      new AtomicReferenceArray<>(CELLS_PER_AXIS * CELLS_PER_AXIS * CELLS_PER_AXIS);

  /** Of these colours; it costs little, but gets faster with the pixels it has seen. */
  public NearestColour(Palette colours) {
    float[] values = colours.toArray();
    palette = IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /**
   * The nearest colour's token.
   *
   * @param r red in 0..255, and so on
   */
  public short of(int r, int g, int b) {
    double x = SCALED[r];
    double y = SCALED[g];
    double z = SCALED[b];
    short nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (short token : candidates(r >> CELL_BITS, g >> CELL_BITS, b >> CELL_BITS)) {
      double dr = x - palette[token * 3];
      double dg = y - palette[token * 3 + 1];
      double db = z - palette[token * 3 + 2];
      double distance = dr * dr + dg * dg + db * db;
      if (distance < least) {
        least = distance;
        nearest = token;
      }
    }
    return nearest;
  }

  private short[] candidates(int i, int j, int k) {
    int cell = (i * CELLS_PER_AXIS + j) * CELLS_PER_AXIS + k;
    short[] found = candidates.get(cell);
    if (found == null) {
      found = findCandidates(i, j, k);
      candidates.set(cell, found); // two threads may both find them, but they find the same
    }
    return found;
  }

  private short[] findCandidates(int i, int j, int k) {
    int colours = palette.length / 3;
    double[] least = new double[colours];
    double bound = Double.POSITIVE_INFINITY;
    for (int token = 0; token < colours; token++) {
      double r = palette[token * 3];
      double g = palette[token * 3 + 1];
      double b = palette[token * 3 + 2];
      least[token] = squaredGap(r, i) + squaredGap(g, j) + squaredGap(b, k);
      bound = Math.min(bound, squaredReach(r, i) + squaredReach(g, j) + squaredReach(b, k));
    }
    short[] within = new short[colours];
    int count = 0;
    for (short token = 0; token < colours; token++) {
      if (least[token] <= bound + ROUNDING) {
        within[count++] = token;
      }
    }
    return Arrays.copyOf(within, count);
  }

  /** Squared distance from {@code c} to the nearest pixel value of a cell, along one axis. */
  private static double squaredGap(double c, int cell) {
    double gap = Math.max(Math.max(low(cell) - c, c - high(cell)), 0);
    return gap * gap;
  }

  /** Squared distance from {@code c} to the farthest pixel value of a cell, along one axis. */
  private static double squaredReach(double c, int cell) {
    double reach = Math.max(high(cell) - c, c - low(cell));
    return reach * reach;
  }

  private static double low(int cell) {
    return SCALED[cell << CELL_BITS];
  }

  private static double high(int cell) {
    return SCALED[(cell << CELL_BITS) + CELL_SIZE - 1];
  }
}
