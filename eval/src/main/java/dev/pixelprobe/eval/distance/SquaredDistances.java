package dev.pixelprobe.eval.distance;

import dev.pixelprobe.eval.NativeMatrix;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Squared distances between all rows of one set and all of another, tile by tile: |x|² + |y|² -
 * 2x·y by matrix products in float64, with a bound of their rounding and an exact value on demand.
 */
final class SquaredDistances {
  private static final int TILE_ROWS = 512;

  private final Features a;
  private final Features b;
  private final double[] origin;
  private final double roundingPerNorm;

  /**
   * Distances from rows of {@code a} to rows of {@code b}.
   *
   * @param origin subtracted from all rows first: near their middle, rounding is least
   */
  SquaredDistances(Features a, Features b, double[] origin) {
    this.a = a;
    this.b = b;
    this.origin = origin;
    // |fl(x·y) - x·y| <= d ulp/2 |x||y| with |x||y| <= (|x|² + |y|²)/2, the norms' own, centring's.
    roundingPerNorm = 2 * (a.width() + 8) * Math.ulp(1.0);
  }

  /** Visits every tile; tiles of the same rows come one after the other and in one thread. */
  void forEachTile(Consumer<Tile> visitor) {
    int strips = (a.rows() + TILE_ROWS - 1) / TILE_ROWS;
    IntStream.range(0, strips).parallel().forEach(s -> visitStrip(s * TILE_ROWS, visitor));
  }

  private void visitStrip(int rowStart, Consumer<Tile> visitor) {
    int rows = Math.min(TILE_ROWS, a.rows() - rowStart);
    double[] rowNorms = new double[TILE_ROWS];
    double[] columnNorms = new double[TILE_ROWS];
    double[] dots = new double[TILE_ROWS * TILE_ROWS];
    try (NativeMatrix x = NativeMatrix.zeros(rows, a.width());
        NativeMatrix y = NativeMatrix.zeros(TILE_ROWS, b.width())) {
      load(a, rowStart, x, rowNorms);
      for (int start = 0; start < b.rows(); start += TILE_ROWS) {
        int columns = Math.min(TILE_ROWS, b.rows() - start);
        NativeMatrix part = y.rows(0, columns);
        load(b, start, part, columnNorms);
        try (NativeMatrix product = NativeMatrix.zeros(rows, columns)) {
          NativeMatrix.multiplyTransposed(x, part, product);
          product.get(dots);
        }
        visitor.accept(new Tile(rowStart, rows, start, columns, rowNorms, columnNorms, dots));
      }
    }
  }

  /**
   * Fills {@code target} with centred rows from {@code start}, and {@code norms} with their |x|².
   */
  private void load(Features x, int start, NativeMatrix target, double[] norms) {
    double[] values = new double[target.rows() * origin.length];
    for (int i = 0, at = 0; i < target.rows(); i++) {
      norms[i] = 0;
      for (int j = 0; j < origin.length; j++, at++) {
        values[at] = x.values().get(start + i, j) - origin[j];
        norms[i] += values[at] * values[at];
      }
    }
    target.set(values);
  }

  /** Σ (x - y)², term by term: the same for equal rows whoever asks. */
  private double exact(int i, int j) {
    double sum = 0;
    for (int c = 0; c < origin.length; c++) {
      double difference = (double) a.values().get(i, c) - b.values().get(j, c);
      sum += difference * difference;
    }
    return sum;
  }

  /** The distances from some rows of the first set to some of the second. */
  final class Tile {
    private final int rowStart;
    private final int rows;
    private final int columnStart;
    private final int columns;
    private final double[] rowNorms;
    private final double[] columnNorms;
    private final double[] dots;

    private Tile(
        int rowStart,
        int rows,
        int columnStart,
        int columns,
        double[] rowNorms,
        double[] columnNorms,
        double[] dots) {
      this.rowStart = rowStart;
      this.rows = rows;
      this.columnStart = columnStart;
      this.columns = columns;
      this.rowNorms = rowNorms;
      this.columnNorms = columnNorms;
      this.dots = dots;
    }

    int rowStart() {
      return rowStart;
    }

    int rowEnd() {
      return rowStart + rows;
    }

    int columnStart() {
      return columnStart;
    }

    int columnEnd() {
      return columnStart + columns;
    }

    /**
     * The squared distance of row {@code i} and row {@code j}: exact if it could lie on either side
     * of one of the three, which are exact ones themselves.
     */
    double distance(int i, int j, double rim1, double rim2, double rim3) {
      double norms = rowNorms[i - rowStart] + columnNorms[j - columnStart];
      double distance = norms - 2 * dots[(i - rowStart) * columns + j - columnStart];
      double rounding = roundingPerNorm * norms;
      boolean unsure =
          Math.abs(distance - rim1) <= rounding
              || Math.abs(distance - rim2) <= rounding
              || Math.abs(distance - rim3) <= rounding;
      return unsure ? exact(i, j) : distance;
    }

    /** The squared distance, exact if it could be at most {@code bound}; otherwise larger. */
    double distanceUpTo(int i, int j, double bound) {
      double norms = rowNorms[i - rowStart] + columnNorms[j - columnStart];
      double distance = norms - 2 * dots[(i - rowStart) * columns + j - columnStart];
      return distance <= bound + roundingPerNorm * norms ? exact(i, j) : distance;
    }
  }
}
