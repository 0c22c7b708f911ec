package dev.pixelprobe.eval.distance;

import dev.pixelprobe.eval.NativeMatrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How much each image moves the Fréchet distance: its derivative along the image's weight. With T
 * the linear map that carries the image's Gaussian onto the other (T sigma1 T = sigma2), an image x
 * moves it by 2(mu1 - mu2)·c + cᵀ(I - T)c, c = x - mu1, less the mean of that over all images.
 * Rippl, Munk &amp; Sturm 2016, Limit laws of the empirical Wasserstein distance: Gaussian
 * distributions, arXiv:1507.04090.
 *
 * <p>Averages of these numbers, weighted at random, are a bootstrap of the distance to first order:
 * it costs an eigenproblem per side instead of one per resample. Resampling the images themselves
 * would also count the bias of few images twice.
 */
final class FrechetInfluence {
  private static final int BLOCK_ROWS = 256;

  private final GaussianStats own;
  private final GaussianStats other;
  private final int rank;
  private final double[] root; // rank x dim: C, with T = CᵀC

  private FrechetInfluence(GaussianStats own, GaussianStats other, int rank, double[] root) {
    this.own = own;
    this.other = other;
    this.rank = rank;
    this.root = root;
  }

  /**
   * The 95% interval of a distance by bootstrap: what it may be with other images, as many. Where
   * both sides are of one distribution it is up to 1.5 times as wide as it need be.
   *
   * <p>Where only a part of a side's images is at hand, its share of the scatter is that of the
   * part, narrowed by the root of part over whole: averages over n images scatter with 1 / √n.
   *
   * @param pair what is kept of both sides
   * @param distance between their statistics
   */
  static Interval interval(
      FeaturePair pair,
      FeatureSummary real,
      FeatureSummary fake,
      double distance,
      Bootstrap bootstrap) {
    GaussianStats p = real.stats();
    GaussianStats q = fake.stats();
    double[] distances = new double[bootstrap.resamples()];
    Arrays.fill(distances, distance);
    addResampled(scaled(of(pair.real(), p, q), real), Bootstrap.Side.REAL, bootstrap, distances);
    addResampled(scaled(of(pair.fake(), q, p), fake), Bootstrap.Side.FAKE, bootstrap, distances);
    Interval interval = Interval.ofMiddle95(distances);
    return new Interval(Math.max(0, interval.lower()), interval.upper());
  }

  private static double[] scaled(double[] influence, FeatureSummary side) {
    int images = side.images() == null ? influence.length : side.images();
    double scale = Math.sqrt((double) influence.length / images);
    return Arrays.stream(influence).map(x -> x * scale).toArray();
  }

  private static void addResampled(
      double[] influence, Bootstrap.Side side, Bootstrap bootstrap, double[] distances) {
    double mean = Arrays.stream(influence).average().orElseThrow();
    double[] weights = new double[distances.length];
    double[] sums = new double[distances.length];
    double[] totals = new double[distances.length];
    for (int i = 0; i < influence.length; i++) {
      bootstrap.weigh(side, i, weights);
      for (int b = 0; b < weights.length; b++) {
        sums[b] += weights[b] * (influence[i] - mean);
        totals[b] += weights[b];
      }
    }
    for (int b = 0; b < weights.length; b++) {
      distances[b] += totals[b] == 0 ? 0 : sums[b] / totals[b];
    }
  }

  /**
   * The influence of every row, up to a constant.
   *
   * @param own statistics of {@code x}
   * @param other of the other side
   */
  static double[] of(Features x, GaussianStats own, GaussianStats other) {
    CovarianceFactor factor = CovarianceFactor.of(other);
    double[] root = root(factor, CovarianceFactor.of(own), own.dim());
    return new FrechetInfluence(own, other, factor.rank(), root).ofRows(x);
  }

  /** C = L^-¼ Uᵀ H, where sigma2 = HᵀH and H sigma1 Hᵀ = U L Uᵀ; without what has no L. */
  private static double[] root(CovarianceFactor h, CovarianceFactor own, int dim) {
    int rank = h.rank();
    double[] result = new double[rank * dim];
    try (NativeMatrix u = h.gramIn(own);
        NativeMatrix hRows = h.toNative();
        NativeMatrix product = NativeMatrix.zeros(rank, dim)) {
      double[] l = u.toEigenvectors();
      double noise = rank == 0 ? 0 : rank * Math.ulp(1.0) * l[rank - 1];
      NativeMatrix.multiply(u, hRows, product);
      product.get(result);
      for (int e = 0, at = 0; e < rank; e++) {
        double scale = l[e] > noise ? Math.pow(l[e], -0.25) : 0;
        for (int j = 0; j < dim; j++, at++) {
          result[at] *= scale;
        }
      }
    }
    return result;
  }

  private double[] ofRows(Features x) {
    double[] influence = new double[x.rows()];
    int blocks = (x.rows() + BLOCK_ROWS - 1) / BLOCK_ROWS;
    try (NativeMatrix c = NativeMatrix.zeros(rank, own.dim())) {
      c.set(root);
      IntStream.range(0, blocks)
          .parallel()
          .forEach(block -> fill(x, block * BLOCK_ROWS, c, influence));
    }
    return influence;
  }

  /** 2(mu1 - mu2)·c + |c|² - |C c|² of the rows of a block. */
  private void fill(Features x, int start, NativeMatrix map, double[] influence) {
    int rows = Math.min(BLOCK_ROWS, x.rows() - start);
    double[] centred = new double[rows * own.dim()];
    for (int i = 0, at = 0; i < rows; i++) {
      for (int j = 0; j < own.dim(); j++, at++) {
        double shift = own.mean(j) - other.mean(j);
        centred[at] = x.values().get(start + i, j) - own.mean(j);
        influence[start + i] += centred[at] * (2 * shift + centred[at]);
      }
    }
    double[] carried = new double[rows * rank];
    try (NativeMatrix c = NativeMatrix.zeros(rows, own.dim());
        NativeMatrix product = NativeMatrix.zeros(rows, rank)) {
      c.set(centred);
      NativeMatrix.multiplyTransposed(c, map, product);
      product.get(carried);
    }
    for (int i = 0, at = 0; i < rows; i++) {
      for (int r = 0; r < rank; r++, at++) {
        influence[start + i] -= carried[at] * carried[at];
      }
    }
  }
}
