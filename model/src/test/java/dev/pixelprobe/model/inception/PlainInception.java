package dev.pixelprobe.model.inception;

import dev.pixelprobe.model.RgbImage;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** The network of {@link InceptionLookalike} as loops over float64, one image at a time. */
final class PlainInception {
  private static final int SIZE = 299;

  private final InceptionLookalike network;

  PlainInception(InceptionLookalike network) {
    this.network = network;
  }

  /** A square map, row-major, channels last. */
  private static final class FeatureMap {
    final int size;
    final int channels;
    final double[] values;

    FeatureMap(int size, int channels) {
      this.size = size;
      this.channels = channels;
      values = new double[size * size * channels];
    }

    int index(int y, int x) {
      return (y * size + x) * channels;
    }

    double[] mean() {
      double[] mean = new double[channels];
      for (int i = 0; i < values.length; i++) {
        mean[i % channels] += values[i] / (size * size);
      }
      return mean;
    }
  }

  /** Every output of an image of any size, by TensorFlow 1's bilinear resizing. */
  Map<InceptionOutput, double[]> run(RgbImage image) {
    return run(tf1Bilinear(image));
  }

  /** Every output of 299 x 299 pixels, row-major, channels interleaved. */
  Map<InceptionOutput, double[]> runResized(float[] pixels) {
    FeatureMap map = new FeatureMap(SIZE, 3);
    Arrays.setAll(map.values, i -> pixels[i]);
    return run(map);
  }

  private Map<InceptionOutput, double[]> run(FeatureMap pixels) {
    Map<InceptionOutput, double[]> outputs = new EnumMap<>(InceptionOutput.class);
    FeatureMap pool = maxPool(convolution(scaled(pixels), "conv", 3, 4, 64), 3, 1);
    outputs.put(InceptionOutput.POOL_64, pool.mean());
    FeatureMap pool1 = maxPool(convolution(pool, "conv_4", 1, 2, 192), 3, 1);
    outputs.put(InceptionOutput.POOL_192, pool1.mean());
    FeatureMap narrow = averagePool(pool1, 3, 2);
    FeatureMap join =
        join(
            convolution(narrow, "mixed_7/conv", 1, 1, 384),
            convolution(narrow, "mixed_7/tower/conv", 1, 1, 384));
    outputs.put(InceptionOutput.MIXED_768, join.mean());
    double[] features = convolution(maxPool(join, 3, 2), "mixed_10/conv", 1, 1, 2048).mean();
    outputs.put(InceptionOutput.POOL_2048, features);
    double[] unbiased = product(features);
    outputs.put(InceptionOutput.LOGITS_UNBIASED, unbiased);
    double[] logits = unbiased.clone();
    for (int i = 0; i < logits.length; i++) {
      logits[i] += network.weights("softmax/biases")[i];
    }
    outputs.put(InceptionOutput.LOGITS, logits);
    return outputs;
  }

  /** Pixel i is taken from i * source / target: neither half-pixel centres nor aligned corners. */
  private static FeatureMap tf1Bilinear(RgbImage image) {
    FeatureMap resized = new FeatureMap(SIZE, 3);
    for (int y = 0; y < SIZE; y++) {
      double row = (double) y * image.height() / SIZE;
      int top = (int) row;
      int bottom = Math.min(top + 1, image.height() - 1);
      for (int x = 0; x < SIZE; x++) {
        double column = (double) x * image.width() / SIZE;
        int left = (int) column;
        int right = Math.min(left + 1, image.width() - 1);
        for (int c = 0; c < 3; c++) {
          double above = lerp(image.at(top, left, c), image.at(top, right, c), column - left);
          double below = lerp(image.at(bottom, left, c), image.at(bottom, right, c), column - left);
          resized.values[resized.index(y, x) + c] = lerp(above, below, row - top);
        }
      }
    }
    return resized;
  }

  private static double lerp(double from, double to, double part) {
    return from + (to - from) * part;
  }

  private static FeatureMap scaled(FeatureMap pixels) {
    for (int i = 0; i < pixels.values.length; i++) {
      pixels.values[i] = (pixels.values[i] - 128) / 128;
    }
    return pixels;
  }

  private FeatureMap convolution(FeatureMap in, String name, int side, int stride, int channels) {
    float[] kernel = network.weights(name + "/conv2d_params");
    FeatureMap out = new FeatureMap((in.size - side) / stride + 1, channels);
    double[] sums = new double[channels];
    for (int y = 0; y < out.size; y++) {
      for (int x = 0; x < out.size; x++) {
        Arrays.fill(sums, 0);
        int weight = 0;
        for (int dy = 0; dy < side; dy++) {
          for (int dx = 0; dx < side; dx++) {
            int from = in.index(y * stride + dy, x * stride + dx);
            for (int i = 0; i < in.channels; i++) {
              double value = in.values[from + i];
              for (int channel = 0; channel < channels; channel++) {
                sums[channel] += value * kernel[weight++];
              }
            }
          }
        }
        System.arraycopy(sums, 0, out.values, out.index(y, x), channels);
      }
    }
    return normalisedAndRectified(out, name + "/batchnorm");
  }

  private FeatureMap normalisedAndRectified(FeatureMap map, String name) {
    float[] mean = network.weights(name + "/moving_mean");
    float[] variance = network.weights(name + "/moving_variance");
    float[] gamma = network.weights(name + "/gamma");
    float[] beta = network.weights(name + "/beta");
    for (int i = 0; i < map.values.length; i++) {
      int c = i % map.channels;
      double normal =
          (map.values[i] - mean[c]) / Math.sqrt(variance[c] + InceptionLookalike.EPSILON);
      map.values[i] = Math.max(0, normal * gamma[c] + beta[c]);
    }
    return map;
  }

  private static FeatureMap maxPool(FeatureMap in, int side, int stride) {
    FeatureMap out = new FeatureMap((in.size - side) / stride + 1, in.channels);
    Arrays.fill(out.values, Double.NEGATIVE_INFINITY);
    overWindows(
        in,
        out,
        side,
        stride,
        (to, from) -> out.values[to] = Math.max(out.values[to], in.values[from]));
    return out;
  }

  private static FeatureMap averagePool(FeatureMap in, int side, int stride) {
    FeatureMap out = new FeatureMap((in.size - side) / stride + 1, in.channels);
    overWindows(
        in, out, side, stride, (to, from) -> out.values[to] += in.values[from] / (side * side));
    return out;
  }

  @FunctionalInterface
  private interface Fold {
    void add(int to, int from);
  }

  private static void overWindows(FeatureMap in, FeatureMap out, int side, int stride, Fold fold) {
    for (int y = 0; y < out.size * side; y++) {
      for (int x = 0; x < out.size * side; x++) {
        int to = out.index(y / side, x / side);
        int from = in.index(y / side * stride + y % side, x / side * stride + x % side);
        for (int channel = 0; channel < in.channels; channel++) {
          fold.add(to + channel, from + channel);
        }
      }
    }
  }

  private static FeatureMap join(FeatureMap first, FeatureMap second) {
    FeatureMap joined = new FeatureMap(first.size, first.channels + second.channels);
    for (int place = 0; place < first.size * first.size; place++) {
      int to = place * joined.channels;
      System.arraycopy(first.values, place * first.channels, joined.values, to, first.channels);
      System.arraycopy(
          second.values,
          place * second.channels,
          joined.values,
          to + first.channels,
          second.channels);
    }
    return joined;
  }

  private double[] product(double[] features) {
    float[] weights = network.weights("softmax/weights");
    double[] product = new double[weights.length / features.length];
    for (int i = 0; i < weights.length; i++) {
      product[i % product.length] += features[i / product.length] * weights[i];
    }
    return product;
  }
}
