package dev.pixelprobe.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Features of every layer by {@link ImageGpt}, in both precisions, against {@link UntunedGraph}, in
 * turns: one line of seconds per batch each. Run it by {@code bench/extraction.sh}.
 */
final class BenchmarkExtraction {
  private static final double F32_BOUND = 2e-5;
  private static final double BF16_BOUND = 2e-2;

  private final List<Tokens> images;
  private final ForwardPass.Query query;

  private BenchmarkExtraction(Architecture architecture, int batch) {
    images = randomImages(architecture, batch);
    List<LayerFeature> features = new ArrayList<>();
    for (int layer = 0; layer <= architecture.nLayer(); layer++) {
      features.add(new LayerFeature(LayerFeature.Kind.LN_1, layer));
    }
    query = new ForwardPass.Query(features, InputReading.SOS, /* score= */ false);
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
    Path model = Path.of(args[0], "model");
    Weights weights = BenchmarkExtraction::weight;
    SavedModelWriter.write(
        "benchmark", architecture, weights, Optional.empty(), Resample.BILINEAR, model);
    int threads = Runtime.getRuntime().availableProcessors();
    try (UntunedGraph untuned = new UntunedGraph(architecture, weights, threads);
        ImageGpt f32 = ImageGpt.open(model, Precision.F32, SessionOptions.ofThreads(threads));
        ImageGpt bf16 = ImageGpt.open(model, Precision.BF16, SessionOptions.ofThreads(threads))) {
      new BenchmarkExtraction(architecture, number[5]).compare(untuned, f32, bf16, number[6]);
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

  private static List<Tokens> randomImages(Architecture architecture, int count) {
    Random random = new Random(1);
    List<Tokens> images = new ArrayList<>();
    for (int image = 0; image < count; image++) {
      short[] ids = new short[architecture.positions()];
      for (int i = 0; i < ids.length; i++) {
        ids[i] = (short) random.nextInt(architecture.colours());
      }
      images.add(Tokens.wrap(ids));
    }
    return images;
  }

  /** Gains near 1; all else so that activations keep their size from layer to layer. */
  private static float[] weight(String name, long... shape) {
    int size = 1;
    for (long dim : shape) {
      size = Math.multiplyExact(size, Math.toIntExact(dim));
    }
    Random random = new Random(name.hashCode());
    boolean gain = name.contains("ln_");
    double spread = gain ? 0.1 : 1 / Math.sqrt((double) shape[0]);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) ((gain ? 1 : 0) + spread * random.nextGaussian());
    }
    return values;
  }
}
