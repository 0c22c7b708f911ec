package dev.pixelprobe.model;

import java.util.Arrays;

/** An 8-bit RGB image: height x width pixels, row-major, channels interleaved. Immutable. */
public final class RgbImage {
  private final int height;
  private final int width;
  private final byte[] rgb;

  private RgbImage(int height, int width, byte[] rgb) {
    this.height = height;
    this.width = width;
    this.rgb = rgb;
  }

  /**
   * Takes over {@code rgb} without a copy: the caller must not write to it afterwards.
   *
   * @param rgb unsigned bytes, {@code height * width * 3} of them
   */
  public static RgbImage wrap(int height, int width, byte[] rgb) {
    if (height < 1 || width < 1 || rgb.length != (long) height * width * 3) {
      throw new IllegalArgumentException(
          "image: expected height * width * 3 bytes for %d x %d, got %d"
              .formatted(height, width, rgb.length));
    }
    return new RgbImage(height, width, rgb);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** One channel (0 red, 1 green, 2 blue) of one pixel, in 0..255. */
  public int at(int y, int x, int channel) {
    return rgb[(y * width + x) * 3 + channel] & 0xff;
  }

  /** The bytes themselves, not a copy: read only. */
  public byte[] bytes() {
    return rgb;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RgbImage that
        && height == that.height
        && width == that.width
        && Arrays.equals(rgb, that.rgb);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + Arrays.hashCode(rgb);
  }

  @Override
  public String toString() {
    return "RgbImage[%d x %d]".formatted(height, width);
  }
}
