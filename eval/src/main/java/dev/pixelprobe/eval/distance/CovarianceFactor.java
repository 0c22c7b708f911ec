package dev.pixelprobe.eval.distance;

import dev.pixelprobe.eval.NativeMatrix;

/** A factor F of a covariance, sigma = FᵀF, with as few rows as it has rank but for rounding. */
final class CovarianceFactor {
  private final int rank;
  private final int dim;
  private final double[] values; // rank x dim

  private CovarianceFactor(int rank, int dim, double[] values) {
    this.rank = rank;
    this.dim = dim;
    this.values = values;
  }

  static CovarianceFactor of(GaussianStats stats) {
    try (NativeMatrix sigma = NativeMatrix.zeros(stats.dim(), stats.dim())) {
      sigma.set(stats.sharedCovariance());
      try (NativeMatrix factor = sigma.consumeToFactor()) {
        double[] values = new double[factor.rows() * stats.dim()];
        factor.get(values);
        return new CovarianceFactor(factor.rows(), stats.dim(), values);
      }
    }
  }

  int rank() {
    return rank;
  }

  /** F, rank x dim. The caller closes it. */
  NativeMatrix toNative() {
    NativeMatrix f = NativeMatrix.zeros(rank, dim);
    f.set(values);
    return f;
  }

  /** F tau Fᵀ for tau = HᵀH: the upper triangle of rank x rank numbers. The caller closes it. */
  NativeMatrix gramIn(CovarianceFactor h) {
    NativeMatrix gram = NativeMatrix.zeros(rank, rank);
    try (NativeMatrix left = h.toNative();
        NativeMatrix right = toNative();
        NativeMatrix product = NativeMatrix.zeros(h.rank, rank)) {
      NativeMatrix.multiplyTransposed(left, right, product);
      gram.addGram(product);
    }
    return gram;
  }
}
