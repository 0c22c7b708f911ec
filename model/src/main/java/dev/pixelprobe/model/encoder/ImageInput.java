package dev.pixelprobe.model.encoder;

import dev.pixelprobe.model.Resample;
import dev.pixelprobe.model.RgbImage;
import java.io.Serializable;
import java.util.List;

/**
 * How images enter an encoder.
 *
 * @param size side of the square that the whole image is squeezed to, in pixels; {@link #AS_IT_IS}
 *     leaves it alone
 * @param resize how it gets that size
 * @param scale with {@code mean} and {@code std} of red, green and blue, for float input only: what
 *     enters is {@code (pixel * scale - mean) / std}
 * @param channelsFirst [B, 3, H, W] rather than [B, H, W, 3]
 */
public record ImageInput(
    Kind kind,
    int size,
    ResizeMethod resize,
    double scale,
    List<Double> mean,
    List<Double> std,
    boolean channelsFirst)
    implements Serializable {
  /** The {@code size} of images that are not resized. */
  public static final int AS_IT_IS = 0;

  /** What a tensor of images consists of. */
  public enum Kind {
    FLOAT,
    /** Pixels of 0..255. */
    UINT8,
    /** PNG files [B]. */
    ENCODED,
    /** PNG files [B, 1]. */
    ENCODED_COLUMN;

    boolean isEncoded() {
      return this == ENCODED || this == ENCODED_COLUMN;
    }
  }

  public ImageInput {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** The 8-bit pixels that {@link ImageEncoder#run} takes, which does the rest. */
  public RgbImage prepare(RgbImage image) {
    return size == AS_IT_IS || resize.isFloat() ? image : resize.pixels(image, size);
  }

  /** PIL's filter for whatever needs 8-bit pixels beside what the encoder reads. */
  public Resample resample() {
    return resize.nearest();
  }

  /** All that the features depend on, in a line. */
  public String describe() {
    String pixels = size == AS_IT_IS ? "original size" : "%d x %d %s".formatted(size, size, resize);
    return switch (kind) {
      case FLOAT ->
          "float %s (pixel * %s - %s) / %s%s"
              .formatted(pixels, scale, mean, std, channelsFirst ? " channels first" : "");
      case UINT8 -> "uint8 %s%s".formatted(pixels, channelsFirst ? " channels first" : "");
      case ENCODED, ENCODED_COLUMN -> "png " + pixels;
    };
  }

  /** What each byte of a channel becomes: 256 values. */
  float[] table(int channel) {
    float[] values = new float[256];
    for (int pixel = 0; pixel < values.length; pixel++) {
      values[pixel] = scaled(pixel, channel);
    }
    return values;
  }

  /** What a pixel of 0..255 becomes. */
  float scaled(float pixel, int channel) {
    return (float) ((pixel * scale - mean.get(channel)) / std.get(channel));
  }
}
