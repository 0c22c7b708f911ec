package dev.pixelprobe.model;

/**
 * Which source pixels make up each target pixel along one axis, and with what weight: PIL's
 * precompute_coeffs and normalize_coeffs_8bpc (Pillow, Resample.c). Weights are fixed-point.
 */
final class FilterTaps {
  /** Bits after the binary point: 32 less 8 of the pixel less 2 for sums beyond 1. */
  static final int PRECISION_BITS = 32 - 8 - 2;

  private final int[] first;
  private final int[][] weights;

  private FilterTaps(int[] first, int[][] weights) {
    this.first = first;
    this.weights = weights;
  }

  static FilterTaps of(Resample filter, int sourceSize, int targetSize) {
    double scale = (double) sourceSize / targetSize;
    double filterScale = Math.max(scale, 1.0);
    double support = filter.support() * filterScale;
    double inverse = 1.0 / filterScale;
    int[] first = new int[targetSize];
    int[][] weights = new int[targetSize][];
    for (int target = 0; target < targetSize; target++) {
      double center = (target + 0.5) * scale;
      int begin = Math.max((int) (center - support + 0.5), 0);
      int end = Math.min((int) (center + support + 0.5), sourceSize);
      double[] w = new double[end - begin];
      double sum = 0;
      for (int i = 0; i < w.length; i++) {
        w[i] = filter.weight((i + begin - center + 0.5) * inverse);
        sum += w[i];
      }
      first[target] = begin;
      weights[target] = fixedPoint(w, sum);
    }
    return new FilterTaps(first, weights);
  }

  private static int[] fixedPoint(double[] w, double sum) {
    int[] fixed = new int[w.length];
    for (int i = 0; i < w.length; i++) {
      double normal = sum == 0 ? w[i] : w[i] / sum;
      fixed[i] = (int) (normal * (1 << PRECISION_BITS) + (normal < 0 ? -0.5 : 0.5));
    }
    return fixed;
  }

  int first(int target) {
    return first[target];
  }

  /** Weights of the source pixels from {@link #first} on; not a copy. */
  int[] weights(int target) {
    return weights[target];
  }
}
