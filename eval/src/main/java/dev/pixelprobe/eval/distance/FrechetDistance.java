package dev.pixelprobe.eval.distance;

import dev.pixelprobe.eval.NativeMatrix;

/**
 * Squared Fréchet distance between two Gaussians: |mu1-mu2|² + tr(sigma1 + sigma2 - 2(sigma1
 * sigma2)^½). With Inception features this is FID: Heusel et al. 2017, arXiv:1706.08500.
 *
 * <p>tr (sigma1 sigma2)^½ is the sum of the square roots of the eigenvalues of sigma1^½ sigma2
 * sigma1^½. With sigma1 = FᵀF and sigma2 = HᵀH, where F and H have no more rows than the
 * covariances have rank, (F Hᵀ)ᵀ F Hᵀ has the same ones but for zeros: a symmetric matrix, so
 * nothing imaginary can come out, and covariances of any rank will do. Zeros are better left out,
 * for the roots of rounded ones add up.
 */
public final class FrechetDistance {
  private final GaussianStats p;
  private final CovarianceFactor factor;

  private FrechetDistance(GaussianStats p, CovarianceFactor factor) {
    this.p = p;
    this.factor = factor;
  }

  /**
   * The distance between {@code p} and {@code q}, which are of one width.
   *
   * @return squared feature units; at least 0
   */
  public static double between(GaussianStats p, GaussianStats q) {
    return from(p).to(q);
  }

  /** Distances from {@code p}, whose share of the work is done once. */
  public static FrechetDistance from(GaussianStats p) {
    return new FrechetDistance(p, CovarianceFactor.of(p));
  }

  /** The distance from p to {@code q}, as by {@link #between}. */
  public double to(GaussianStats q) {
    if (p.dim() != q.dim()) {
      throw new IllegalArgumentException(
          "statistics: expected width %d, got %d".formatted(p.dim(), q.dim()));
    }
    double squaredShift = 0;
    for (int j = 0; j < p.dim(); j++) {
      double shift = p.mean(j) - q.mean(j);
      squaredShift += shift * shift;
    }
    double trace = p.trace() + q.trace() - 2 * traceOfRoot(CovarianceFactor.of(q));
    return Math.max(0, squaredShift + trace);
  }

  private double traceOfRoot(CovarianceFactor other) {
    boolean fewer = factor.rank() < other.rank();
    try (NativeMatrix gram = fewer ? factor.gramIn(other) : other.gramIn(factor)) {
      double sum = 0;
      for (double eigenvalue : gram.consumeToEigenvalues()) {
        sum += Math.sqrt(Math.max(0, eigenvalue));
      }
      return sum;
    }
  }
}
