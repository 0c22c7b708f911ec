package dev.pixelprobe.model;

/**
 * Resizes images without rounding them to 8 bits. Rows first, then columns; sums in float64, stored
 * as float32. Values are in 0..255, row-major, channels interleaved.
 */
public final class FloatResizer {
  private static final int CHANNELS = 3;

  private FloatResizer() {}

  /**
   * As PIL resizes each channel as an image of mode F, bit for bit: the filter widens when it
   * shrinks. Then clipped to 0..255, as clean-fid does (Parmar, Zhang, Zhu 2021, arXiv:2104.11222).
   */
  public static float[] pil(RgbImage image, int height, int width, Resample filter) {
    float[] values =
        resize(
            image,
            FilterWeights.pil(filter, image.height(), height),
            FilterWeights.pil(filter, image.width(), width));
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.max(0, Math.min(255, values[i]));
    }
    return values;
  }

  /**
   * As torch.nn.functional.interpolate with mode="bilinear" and align_corners=False: half-pixel
   * centres, not antialiased.
   */
  public static float[] pytorchBilinear(RgbImage image, int height, int width) {
    return resize(
        image,
        FilterWeights.pytorchBilinear(image.height(), height),
        FilterWeights.pytorchBilinear(image.width(), width));
  }

  private static float[] resize(RgbImage image, FilterWeights rows, FilterWeights columns) {
    return vertical(horizontal(image, columns), columns.targetSize() * CHANNELS, rows);
  }

  private static float[] horizontal(RgbImage image, FilterWeights columns) {
    byte[] source = image.bytes();
    float[] target = new float[image.height() * columns.targetSize() * CHANNELS];
    int at = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < columns.targetSize(); x++) {
        int from = (y * image.width() + columns.first(x)) * CHANNELS;
        double[] w = columns.weights(x);
        for (int channel = 0; channel < CHANNELS; channel++) {
          double sum = 0;
          for (int i = 0; i < w.length; i++) {
            sum += (source[from + i * CHANNELS + channel] & 0xff) * w[i];
          }
          target[at++] = (float) sum;
        }
      }
    }
    return target;
  }

  private static float[] vertical(float[] source, int stride, FilterWeights rows) {
    float[] target = new float[rows.targetSize() * stride];
    int at = 0;
    for (int y = 0; y < rows.targetSize(); y++) {
      int from = rows.first(y) * stride;
      double[] w = rows.weights(y);
      for (int column = 0; column < stride; column++) {
        double sum = 0;
        for (int i = 0; i < w.length; i++) {
          sum += source[from + i * stride + column] * w[i];
        }
        target[at++] = (float) sum;
      }
    }
    return target;
  }
}
