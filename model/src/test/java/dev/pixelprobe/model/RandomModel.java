package dev.pixelprobe.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * For benchmarks: an Image GPT of any size and images for it, of random numbers that are the same
 * in every run.
 */
public record RandomModel(Architecture architecture) {
  private static final int QUERY_BLOCK = 128;

  /** Writes a SavedModel. */
  public void write(Path modelDir) throws IOException {
    SavedModelWriter.write(
        "random", architecture, weights(), Optional.empty(), Resample.BILINEAR, modelDir);
  }

  /** Gains near 1; all else so that activations keep their size from layer to layer. */
  Weights weights() {
    return (name, shape) -> {
      boolean gain = name.contains("ln_");
      double spread = gain ? 0.1 : 1 / Math.sqrt((double) shape[0]);
      Random random = new Random(name.hashCode());
      float[] values = new float[Math.toIntExact(product(shape))];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((gain ? 1 : 0) + spread * random.nextGaussian());
      }
      return values;
    };
  }

  private static long product(long... shape) {
    long product = 1;
    for (long dim : shape) {
      product *= dim;
    }
    return product;
  }

  public List<Tokens> images(int count) {
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

  /** {@code ln_1} of every layer. */
  public ForwardPass.Query query() {
    List<LayerFeature> features =
        IntStream.rangeClosed(0, architecture.nLayer())
            .mapToObj(layer -> new LayerFeature(LayerFeature.Kind.LN_1, layer))
            .toList();
    return new ForwardPass.Query(features, InputReading.SOS, /* score= */ false);
  }

  /**
   * Floating point operations of the matrix products of one image; causal attention is cut into
   * blocks of 128 queries.
   */
  public double flops() {
    double d = architecture.nEmbd();
    int positions = architecture.positions();
    double products = 2.0 * positions * (4 * d * d + 2 * d * architecture.nInner());
    double attention = 0;
    for (int begin = 0; begin < positions; begin += QUERY_BLOCK) {
      int end = Math.min(begin + QUERY_BLOCK, positions);
      attention += 4.0 * (end - begin) * end * d;
    }
    return architecture.nLayer() * (products + attention);
  }
}
