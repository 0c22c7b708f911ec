package dev.pixelprobe.eval.distance;

import java.util.stream.IntStream;

/**
 * How the two sides lie among each other's nearest neighbours.
 *
 * <p>Improved precision and recall (Kynkäänniemi et al. 2019, arXiv:1904.06991): the share of
 * generated images within the ball of a real one that reaches its k-th nearest real neighbour, rim
 * included; and the share of real images within such a ball of a generated one. Density and
 * coverage (Naeem et al. 2020, arXiv:2002.09797), rim excluded: how many balls of real images a
 * generated one lies in, divided by k; and the share of real images whose ball holds a generated
 * one.
 *
 * <p>Counts are exact, ties included: distances are found as matrix products in float64, and those
 * that could fall on either side of a rim are summed up again term by term. The memory is the
 * features and a few tiles; the work is that of three products of n x n x d.
 *
 * @param precision 0 to 1
 * @param recall 0 to 1
 * @param density 0 or more; about 1 where both sides are of one distribution
 * @param coverage 0 to 1
 */
public record NeighbourScores(double precision, double recall, double density, double coverage) {
  /**
   * Which neighbours make the balls.
   *
   * @param precisionK 3 by default, at least 1
   * @param densityK 5 by default, at least 1
   */
  public record Options(int precisionK, int densityK) {
    public static final Options DEFAULT = new Options(3, 5);

    public Options {
      if (precisionK < 1 || densityK < 1) {
        throw new IllegalArgumentException(
            "k: expected at least 1, got %d and %d".formatted(precisionK, densityK));
      }
    }

    /** The same, but where so few rows have no k-th neighbour, the last that they have. */
    Options within(int rows) {
      return new Options(Math.min(precisionK, rows - 1), Math.min(densityK, rows - 1));
    }
  }

  /**
   * All four.
   *
   * @param pair more rows on both sides than either k
   */
  public static NeighbourScores of(FeaturePair pair, Options options) {
    if (Math.max(options.precisionK, options.densityK) >= pair.fewerRows()) {
      throw new IllegalArgumentException(
          "rows: expected more than k, got %d with %s".formatted(pair.fewerRows(), options));
    }
    return new Balls(pair, options).count();
  }

  /** The four counts in the making: each thread owns its real rows, and all only ever set flags. */
  private static final class Balls {
    private final Options options;
    private final SquaredDistances across;
    private final double[][] realRadii;
    private final double[][] fakeRadii;
    private final boolean[] fakeAmongReal;
    private final boolean[] realAmongFake;
    private final boolean[] realCovered;
    private final int[] ballsEntered; // per real row

    Balls(FeaturePair pair, Options options) {
      this.options = options;
      double[] origin = Moments.of(pair.real()).toStats().meanValues();
      int k = Math.max(options.precisionK, options.densityK);
      realRadii = NearestNeighbours.of(pair.real(), k, origin);
      fakeRadii = NearestNeighbours.of(pair.fake(), k, origin);
      across = new SquaredDistances(pair.real(), pair.fake(), origin);
      fakeAmongReal = new boolean[pair.fake().rows()];
      realAmongFake = new boolean[pair.real().rows()];
      realCovered = new boolean[pair.real().rows()];
      ballsEntered = new int[pair.real().rows()];
    }

    NeighbourScores count() {
      across.forEachTile(this::countTile);
      long entered = IntStream.of(ballsEntered).asLongStream().sum();
      return new NeighbourScores(
          share(fakeAmongReal),
          share(realAmongFake),
          (double) entered / ((long) options.densityK * fakeAmongReal.length),
          share(realCovered));
    }

    private void countTile(SquaredDistances.Tile tile) {
      for (int i = tile.rowStart(); i < tile.rowEnd(); i++) {
        double precisionRim = realRadii[i][options.precisionK - 1];
        double densityRim = realRadii[i][options.densityK - 1];
        for (int j = tile.columnStart(); j < tile.columnEnd(); j++) {
          double recallRim = fakeRadii[j][options.precisionK - 1];
          double distance = tile.distance(i, j, precisionRim, recallRim, densityRim);
          if (distance <= precisionRim) {
            fakeAmongReal[j] = true;
          }
          if (distance <= recallRim) {
            realAmongFake[i] = true;
          }
          if (distance < densityRim) {
            realCovered[i] = true;
            ballsEntered[i]++;
          }
        }
      }
    }

    private static double share(boolean[] flags) {
      long set = IntStream.range(0, flags.length).filter(i -> flags[i]).count();
      return (double) set / flags.length;
    }
  }
}
