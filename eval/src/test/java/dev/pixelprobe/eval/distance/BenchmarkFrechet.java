package dev.pixelprobe.eval.distance;

import dev.pixelprobe.eval.BenchmarkData;
import dev.pixelprobe.eval.Matrix;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Statistics of two sets of features and the Fréchet distance between them. Run it by {@code
 * bench/frechet.sh}, which has numpy and scipy do the same.
 */
final class BenchmarkFrechet {
  private BenchmarkFrechet() {}

  /** Arguments: directory for the data, rows, columns. Prints seconds and the distance. */
  public static void main(String[] args) throws Exception {
    int rows = Integer.parseInt(args[1]);
    int columns = Integer.parseInt(args[2]);
    List<Matrix> sets =
        Stream.of(1L, 2L)
            .map(seed -> new BenchmarkData(rows, columns, seed).labelled(2).features())
            .toList();
    for (int side = 0; side < 2; side++) {
      BenchmarkData.write(sets.get(side), Path.of(args[0], "side-%d.f32".formatted(side)));
    }
    long begin = System.nanoTime();
    List<GaussianStats> stats =
        sets.parallelStream()
            .map(set -> Moments.of(Features.of("benchmark", set)).toStats())
            .toList();
    double distance = FrechetDistance.between(stats.get(0), stats.get(1));
    System.out.printf(Locale.ROOT, "pixelprobe\t%.6f%n", (System.nanoTime() - begin) / 1e9);
    System.out.printf(Locale.ROOT, "distance %.15e%n", distance);
  }
}
