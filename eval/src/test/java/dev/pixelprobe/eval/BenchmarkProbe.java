package dev.pixelprobe.eval;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * A grid of C on the features of some layers, as many layers at once as there are cores. Run it by
 * {@code bench/probe.sh}, which has scikit-learn fit the same.
 */
final class BenchmarkProbe {
  private static final int CLASSES = 10;

  private BenchmarkProbe() {}

  /** Arguments: directory for the data, rows, columns, layers. Prints seconds and objectives. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    List<LabelledSet> sets = new ArrayList<>();
    for (int layer = 0; layer < Integer.parseInt(args[3]); layer++) {
      sets.add(standardized(Integer.parseInt(args[1]), Integer.parseInt(args[2]), layer));
      write(sets.get(layer), layer, directory);
    }
    long begin = System.nanoTime();
    List<List<LogisticRegression.Fit>> fits = fitAll(sets);
    System.out.printf(Locale.ROOT, "pixelprobe\t%.6f%n", (System.nanoTime() - begin) / 1e9);
    for (int layer = 0; layer < fits.size(); layer++) {
      for (LogisticRegression.Fit fit : fits.get(layer)) {
        System.out.printf(
            Locale.ROOT,
            "objective %d %s %.12e %d%n",
            layer,
            fit.c(),
            fit.objective(),
            fit.iterations());
      }
    }
  }

  private static List<List<LogisticRegression.Fit>> fitAll(List<LabelledSet> sets)
      throws ExecutionException, InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<List<LogisticRegression.Fit>>> futures = new ArrayList<>();
      for (LabelledSet set : sets) {
        futures.add(
            pool.submit(() -> LogisticRegression.fit(set, LinearProbe.Options.DEFAULT.cs())));
      }
      List<List<LogisticRegression.Fit>> fits = new ArrayList<>();
      for (Future<List<LogisticRegression.Fit>> future : futures) {
        fits.add(future.get());
      }
      return fits;
    } finally {
      pool.shutdown();
    }
  }

  private static LabelledSet standardized(int rows, int columns, int layer) {
    LabelledSet set = new BenchmarkData(rows, columns, layer).labelled(CLASSES);
    return LinearProbe.Options.DEFAULT.scalingBy(set).apply(set);
  }

  private static void write(LabelledSet set, int layer, Path directory) throws IOException {
    BenchmarkData.write(set.features(), directory.resolve("layer-%d.f32".formatted(layer)));
    ByteBuffer labels = ByteBuffer.allocate(set.rows() * Integer.BYTES);
    labels.order(ByteOrder.LITTLE_ENDIAN);
    IntStream.range(0, set.rows()).map(set::label).forEach(labels::putInt);
    Files.write(directory.resolve("layer-%d.i32".formatted(layer)), labels.array());
  }
}
