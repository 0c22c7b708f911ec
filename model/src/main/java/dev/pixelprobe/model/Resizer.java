package dev.pixelprobe.model;

/**
 * Resizes images as PIL's Image.resize does, bit for bit: the filter widens when it shrinks, rows
 * first, then columns, each pass rounded to 8 bits; a pass that changes nothing is left out.
 */
public final class Resizer {
  private static final int CHANNELS = 3;
  private static final int HALF = 1 << (FilterTaps.PRECISION_BITS - 1);

  private Resizer() {}

  public static RgbImage resize(RgbImage image, int height, int width, Resample filter) {
    RgbImage narrowed = image.width() == width ? image : horizontal(image, width, filter);
    return image.height() == height ? narrowed : vertical(narrowed, height, filter);
  }

  private static RgbImage horizontal(RgbImage image, int width, Resample filter) {
    FilterTaps taps = FilterTaps.of(filter, image.width(), width);
    byte[] source = image.bytes();
    byte[] target = new byte[image.height() * width * CHANNELS];
    int at = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < width; x++) {
        int from = (y * image.width() + taps.first(x)) * CHANNELS;
        for (int channel = 0; channel < CHANNELS; channel++) {
          target[at++] = dot(source, from + channel, CHANNELS, taps.weights(x));
        }
      }
    }
    return RgbImage.wrap(image.height(), width, target);
  }

  private static RgbImage vertical(RgbImage image, int height, Resample filter) {
    FilterTaps taps = FilterTaps.of(filter, image.height(), height);
    int stride = image.width() * CHANNELS;
    byte[] source = image.bytes();
    byte[] target = new byte[height * stride];
    int at = 0;
    for (int y = 0; y < height; y++) {
      int from = taps.first(y) * stride;
      for (int column = 0; column < stride; column++) {
        target[at++] = dot(source, from + column, stride, taps.weights(y));
      }
    }
    return RgbImage.wrap(height, image.width(), target);
  }

  private static byte dot(byte[] source, int from, int step, int[] weights) {
    int sum = HALF;
    for (int i = 0, at = from; i < weights.length; i++, at += step) {
      sum += (source[at] & 0xff) * weights[i];
    }
    return (byte) Math.max(0, Math.min(255, sum >> FilterTaps.PRECISION_BITS));
  }
}
