package dev.pixelprobe.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Features of every layer by {@link ImageGpt}, in both precisions, against {@link UntunedGraph}, in
 * turns: one line of seconds per batch each. Run it by {@code bench/extraction.sh}.
 */
final class BenchmarkExtraction {
  private static final double F32_BOUND = 2e-5;
  private static final double BF16_BOUND = 2e-2;

  private final List<Tokens> images;
  private final ForwardPass.Query query;

  private BenchmarkExtraction(RandomModel model, int batch) {
    images = model.images(batch);
    query = model.query();
  }

  /** Arguments: work directory, n_px, n_embd, n_layer, n_head, batch, rounds. */
  public static void main(String[] args) throws IOException {
    int[] number = new int[args.length];
    for (int i = 1; i < args.length; i++) {
      number[i] = Integer.parseInt(args[i]);
    }
    Architecture architecture =
        new Architecture(
            number[1], number[2], number[3], number[4], 4 * number[2], /* colours= */ 512, 1e-5);
    RandomModel random = new RandomModel(architecture);
    Path model = Path.of(args[0], "model");
    random.write(model);
    int threads = Runtime.getRuntime().availableProcessors();
    double peak = MatrixPeak.of(SessionOptions.ofThreads(threads), Precision.F32, 2048, 2);
    System.out.printf(
        Locale.ROOT,
        "check: matrix products reach %.0f GFLOP/s in f32, which a batch needs %.3f s of%n",
        peak / 1e9,
        number[5] * random.flops() / peak);
    try (UntunedGraph untuned = new UntunedGraph(architecture, random.weights(), threads);
        ImageGpt f32 = ImageGpt.open(model, Precision.F32, SessionOptions.ofThreads(threads));
        ImageGpt bf16 = ImageGpt.open(model, Precision.BF16, SessionOptions.ofThreads(threads))) {
      new BenchmarkExtraction(random, number[5]).compare(untuned, f32, bf16, number[6]);
    }
  }

  private void compare(UntunedGraph untuned, ImageGpt f32, ImageGpt bf16, int rounds) {
    List<float[]> expected = untuned.run(images);
    check("f32", expected, f32.run(images, query), F32_BOUND);
    check("bf16", expected, bf16.run(images, query), BF16_BOUND);
    for (int round = 0; round < rounds; round++) {
      time("plain graph, f32", () -> untuned.run(images));
      time("pixelprobe, f32", () -> f32.run(images, query));
      time("pixelprobe, bf16", () -> bf16.run(images, query));
    }
  }

  /** Fails where a feature is farther off than the bound times the layer's largest number. */
  private void check(String what, List<float[]> expected, ForwardPass pass, double bound) {
    double worst = 0;
    for (int column = 0; column < expected.size(); column++) {
      float[] whole = expected.get(column);
      int dim = whole.length / images.size();
      double largest = 0;
      double difference = 0;
      for (int i = 0; i < whole.length; i++) {
        largest = Math.max(largest, Math.abs(whole[i]));
        double off = Math.abs(whole[i] - pass.feature(column, i / dim)[i % dim]);
        difference = Math.max(difference, off);
      }
      worst = Math.max(worst, difference / largest);
    }
    System.out.printf(Locale.ROOT, "check: %s within %.1e, at most %.0e%n", what, worst, bound);
    if (!(worst <= bound)) {
      throw new AssertionError(what + " features differ from the plain graph's");
    }
  }

  private static void time(String variant, Runnable batch) {
    long begin = System.nanoTime();
    batch.run();
    System.out.printf(Locale.ROOT, "%s\t%.6f%n", variant, (System.nanoTime() - begin) / 1e9);
  }
}
