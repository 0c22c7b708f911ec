package dev.pixelprobe.model;

/** Which source pixels make up each target pixel along one axis, and with what weight. */
final class FilterWeights {
  private final int[] first;
  private final double[][] weights;

  private FilterWeights(int[] first, double[][] weights) {
    this.first = first;
    this.weights = weights;
  }

  /** PIL's precompute_coeffs (Pillow, Resample.c): the filter widens when it shrinks. */
  static FilterWeights pil(Resample filter, int sourceSize, int targetSize) {
    double scale = (double) sourceSize / targetSize;
    double filterScale = Math.max(scale, 1.0);
    double support = filter.support() * filterScale;
    double inverse = 1.0 / filterScale;
    int[] first = new int[targetSize];
    double[][] weights = new double[targetSize][];
    for (int target = 0; target < targetSize; target++) {
      double center = (target + 0.5) * scale;
      int begin = Math.max((int) (center - support + 0.5), 0);
      int end = Math.min((int) (center + support + 0.5), sourceSize);
      double[] w = new double[end - begin];
      for (int i = 0; i < w.length; i++) {
        w[i] = filter.weight((i + begin - center + 0.5) * inverse);
      }
      first[target] = begin;
      weights[target] = normalised(w);
    }
    return new FilterWeights(first, weights);
  }

  private static double[] normalised(double[] w) {
    double sum = 0;
    for (double weight : w) {
      sum += weight;
    }
    if (sum != 0) {
      for (int i = 0; i < w.length; i++) {
        w[i] /= sum;
      }
    }
    return w;
  }

  /**
   * PyTorch's upsample_bilinear2d with align_corners=False: half-pixel centres, the two nearest
   * source pixels whatever the scale, places and weights in float32.
   */
  static FilterWeights pytorchBilinear(int sourceSize, int targetSize) {
    float scale = (float) sourceSize / targetSize;
    int[] first = new int[targetSize];
    double[][] weights = new double[targetSize][];
    for (int target = 0; target < targetSize; target++) {
      float place = Math.max(scale * (target + 0.5f) - 0.5f, 0);
      int begin = Math.min((int) place, sourceSize - 1);
      float ofNext = begin + 1 < sourceSize ? place - begin : 0;
      first[target] = begin;
      weights[target] = ofNext == 0 ? new double[] {1} : new double[] {1 - ofNext, ofNext};
    }
    return new FilterWeights(first, weights);
  }

  int targetSize() {
    return first.length;
  }

  int first(int target) {
    return first[target];
  }

  /** Weights of the source pixels from {@link #first} on, which add up to 1; not a copy. */
  double[] weights(int target) {
    return weights[target];
  }
}
