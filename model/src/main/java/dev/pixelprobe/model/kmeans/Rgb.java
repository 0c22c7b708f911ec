package dev.pixelprobe.model.kmeans;

/** A colour 0xRRGGBB, taken apart. */
final class Rgb {
  private Rgb() {}

  /** Channel 0 red, 1 green or 2 blue, in 0..255. */
  static int channel(int colour, int channel) {
    return (colour >> (16 - 8 * channel)) & 0xff;
  }

  /** Squared distance in pixel units: at most 3 * 255². */
  static int squaredDistance(int a, int b) {
    int sum = 0;
    for (int channel = 0; channel < 3; channel++) {
      int difference = channel(a, channel) - channel(b, channel);
      sum += difference * difference;
    }
    return sum;
  }
}
