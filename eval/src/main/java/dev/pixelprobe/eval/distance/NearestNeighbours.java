package dev.pixelprobe.eval.distance;

import java.util.Arrays;

/** The nearest neighbours of each row within its own set. */
final class NearestNeighbours {
  private NearestNeighbours() {}

  /**
   * Squared distances from each row to its k nearest other rows, nearest first, exact.
   *
   * @param origin as for {@link SquaredDistances}
   */
  static double[][] of(Features x, int k, double[] origin) {
    double[][] nearest = new double[x.rows()][k];
    for (double[] row : nearest) {
      Arrays.fill(row, Double.POSITIVE_INFINITY);
    }
    new SquaredDistances(x, x, origin)
        .forEachTile(
            tile -> {
              for (int i = tile.rowStart(); i < tile.rowEnd(); i++) {
                visitRow(tile, i, nearest[i]);
              }
            });
    return nearest;
  }

  private static void visitRow(SquaredDistances.Tile tile, int i, double[] nearest) {
    for (int j = tile.columnStart(); j < tile.columnEnd(); j++) {
      double farthest = nearest[nearest.length - 1];
      double distance = j == i ? farthest : tile.distanceUpTo(i, j, farthest);
      if (distance < farthest) {
        insert(distance, nearest);
      }
    }
  }

  private static void insert(double distance, double[] sorted) {
    int at = sorted.length - 1;
    while (at > 0 && sorted[at - 1] > distance) {
      sorted[at] = sorted[at - 1];
      at--;
    }
    sorted[at] = distance;
  }
}
