package dev.pixelprobe.model;

/** {@link FilterWeights#pil} in fixed point: PIL's normalize_coeffs_8bpc (Pillow, Resample.c). */
final class FilterTaps {
  /** Bits after the binary point: 32 less 8 of the pixel less 2 for sums beyond 1. */
  static final int PRECISION_BITS = 32 - 8 - 2;

  private final FilterWeights exact;
  private final int[][] weights;

  private FilterTaps(FilterWeights exact, int[][] weights) {
    this.exact = exact;
    this.weights = weights;
  }

  static FilterTaps of(Resample filter, int sourceSize, int targetSize) {
    FilterWeights exact = FilterWeights.pil(filter, sourceSize, targetSize);
    int[][] weights = new int[targetSize][];
    for (int target = 0; target < targetSize; target++) {
      weights[target] = fixedPoint(exact.weights(target));
    }
    return new FilterTaps(exact, weights);
  }

  private static int[] fixedPoint(double[] w) {
    int[] fixed = new int[w.length];
    for (int i = 0; i < w.length; i++) {
      fixed[i] = (int) (w[i] * (1 << PRECISION_BITS) + (w[i] < 0 ? -0.5 : 0.5));
    }
    return fixed;
  }

  int first(int target) {
    return exact.first(target);
  }

  /** Weights of the source pixels from {@link #first} on; not a copy. */
  int[] weights(int target) {
    return weights[target];
  }
}
