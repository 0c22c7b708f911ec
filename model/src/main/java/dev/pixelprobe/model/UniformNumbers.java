package dev.pixelprobe.model;

/**
 * The random numbers of all images: a pure function of seed, index and position, so that an image
 * is the same in any batch, at any parallelism and after any retry.
 *
 * <p>Every image has a SplitMix64 stream (Steele et al. 2014) of its own, whose start is two rounds
 * of SplitMix64 over the seed and the image's index; position p takes the stream's p-th number.
 */
final class UniformNumbers {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1p-53;

  private UniformNumbers() {}

  /** One of 2^53 equally likely numbers in [0, 1). */
  static double at(long seed, long index, int position) {
    long image = first(first(seed) + index);
    return (first(image + position * GOLDEN_GAMMA) >>> 11) * UNIT;
  }

  /** The first number of the SplitMix64 stream with this seed. */
  static long first(long seed) {
    long z = seed + GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
