package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.RgbImage;

/** Square images stored as a red, a green and a blue plane, one after another. */
final class Planes {
  private Planes() {}

  /** Each plane row by row, as CIFAR stores it. */
  static RgbImage rowMajor(byte[] bytes, int offset, int side) {
    return interleave(bytes, offset, side, side, 1);
  }

  /** Each plane column by column, as STL-10 stores it. */
  static RgbImage columnMajor(byte[] bytes, int offset, int side) {
    return interleave(bytes, offset, side, 1, side);
  }

  private static RgbImage interleave(
      byte[] bytes, int offset, int side, int rowStride, int columnStride) {
    byte[] rgb = new byte[side * side * 3];
    int next = 0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int pixel = offset + y * rowStride + x * columnStride;
        for (int channel = 0; channel < 3; channel++) {
          rgb[next++] = bytes[pixel + channel * side * side];
        }
      }
    }
    return RgbImage.wrap(side, side, rgb);
  }
}
