package dev.pixelprobe.eval;

import java.util.Arrays;

/**
 * Training rows in the basis of their principal axes: z = (x - mean) Qᵀ, where the rows of Q are
 * eigenvectors of (X - mean)ᵀ (X - mean). Lengths stay as they were, so |w|² does too, and the
 * columns of z are orthogonal. A last column of ones, orthogonal to the others because they are
 * centred, carries the intercept. With fewer rows than columns only as many axes are kept as there
 * are rows; along the others nothing varies.
 *
 * <p>Owns native memory and is for one thread at a time.
 */
final class PrincipalAxes implements AutoCloseable {
  /** Rows per product: few enough that a block of them stays in the processor's cache. */
  static final int BLOCK_ROWS = 256;

  private final double[] mean;
  private final int rank;
  private final NativeMatrix vectors; // columns x columns, or with few rows rank x columns
  private final NativeMatrix axes; // rank x columns, the last rows of vectors
  private final NativeMatrix z; // rows x (rank + 1)
  private final double[] scatter; // rank + 1

  private PrincipalAxes(Matrix x) {
    mean = Standardizer.columnMeans(x);
    rank = Math.min(x.rows(), x.columns());
    vectors = NativeMatrix.zeros(hasFewRows(x) ? rank : x.columns(), x.columns());
    axes = vectors.rows(vectors.rows() - rank, rank);
    z = NativeMatrix.zeros(x.rows(), rank + 1);
    scatter = new double[rank + 1];
  }

  static PrincipalAxes of(Matrix x) {
    PrincipalAxes result = new PrincipalAxes(x);
    try {
      result.findAxes(x);
      result.rotate(x);
      return result;
    } catch (RuntimeException e) {
      result.close();
      throw e;
    }
  }

  /** Whether the singular vectors of the rows cost less than the eigenvectors of their products. */
  private static boolean hasFewRows(Matrix x) {
    return x.rows() <= x.columns() / 2;
  }

  private void findAxes(Matrix x) {
    double[] squares = hasFewRows(x) ? singularVectors(x) : eigenvectors(x);
    for (int j = 0; j < rank; j++) {
      scatter[j] = Math.max(0, squares[squares.length - rank + j]);
    }
    scatter[rank] = x.rows();
  }

  private double[] eigenvectors(Matrix x) {
    try (NativeMatrix block = NativeMatrix.zeros(BLOCK_ROWS, x.columns())) {
      for (int start = 0; start < x.rows(); start += BLOCK_ROWS) {
        vectors.addGram(centred(x, start, block));
      }
    }
    return vectors.toEigenvectors();
  }

  private double[] singularVectors(Matrix x) {
    for (int start = 0; start < x.rows(); start += BLOCK_ROWS) {
      centred(x, start, vectors.rows(start, Math.min(BLOCK_ROWS, x.rows() - start)));
    }
    return Arrays.stream(vectors.toRightSingularVectors()).map(s -> s * s).toArray();
  }

  private void rotate(Matrix x) {
    double[] rotated = new double[BLOCK_ROWS * rank];
    double[] withOnes = new double[BLOCK_ROWS * (rank + 1)];
    try (NativeMatrix block = NativeMatrix.zeros(BLOCK_ROWS, x.columns());
        NativeMatrix product = NativeMatrix.zeros(BLOCK_ROWS, rank)) {
      for (int start = 0; start < x.rows(); start += BLOCK_ROWS) {
        NativeMatrix part = centred(x, start, block);
        NativeMatrix.multiplyTransposed(part, axes, product.rows(0, part.rows()));
        product.get(rotated);
        for (int i = 0; i < part.rows(); i++) {
          System.arraycopy(rotated, i * rank, withOnes, i * (rank + 1), rank);
          withOnes[i * (rank + 1) + rank] = 1;
        }
        z.rows(start, part.rows()).set(withOnes);
      }
    }
  }

  /** Loads rows from {@code start} into {@code block} and returns as many of them as there were. */
  private NativeMatrix centred(Matrix x, int start, NativeMatrix block) {
    NativeMatrix part = block.rows(0, Math.min(BLOCK_ROWS, x.rows() - start));
    double[] values = new double[part.rows() * mean.length];
    for (int i = 0, at = 0; i < part.rows(); i++) {
      for (int j = 0; j < mean.length; j++, at++) {
        values[at] = x.get(start + i, j) - mean[j];
      }
    }
    part.set(values);
    return part;
  }

  /** Up to {@link #BLOCK_ROWS} rows of z from row {@code start}. */
  NativeMatrix block(int start) {
    return z.rows(start, Math.min(BLOCK_ROWS, z.rows() - start));
  }

  int rows() {
    return z.rows();
  }

  /** Columns of z; the last one is that of ones. */
  int width() {
    return rank + 1;
  }

  /** Sum of squares of column {@code j} of z. */
  double scatter(int j) {
    return scatter[j];
  }

  /**
   * A classifier of z as the classifier of x that gives the same scores.
   *
   * @param theta classes x width
   */
  LinearClassifier classifierOfX(double[] theta, int classes) {
    double[] weightsOfZ = new double[classes * rank];
    for (int k = 0; k < classes; k++) {
      System.arraycopy(theta, k * width(), weightsOfZ, k * rank, rank);
    }
    double[] weights = new double[classes * mean.length];
    try (NativeMatrix v = NativeMatrix.zeros(classes, rank);
        NativeMatrix w = NativeMatrix.zeros(classes, mean.length)) {
      v.set(weightsOfZ);
      NativeMatrix.multiply(v, axes, w);
      w.get(weights);
    }
    double[] intercepts = new double[classes];
    for (int k = 0; k < classes; k++) {
      intercepts[k] = theta[k * width() + rank];
      for (int j = 0; j < mean.length; j++) {
        intercepts[k] -= weights[k * mean.length + j] * mean[j];
      }
    }
    return new LinearClassifier(weights, intercepts);
  }

  @Override
  public void close() {
    vectors.close();
    z.close();
  }
}
