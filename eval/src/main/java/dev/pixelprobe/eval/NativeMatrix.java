package dev.pixelprobe.eval;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.CblasUpper;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dgesdd;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpstrf;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevd;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;

/**
 * A float64 matrix in native memory, row-major, starting at zero, with the products OpenBLAS makes
 * of it. The owner closes it; views made by {@link #rows(int, int)} are not closed. Instances are
 * independent, but one of them is for one thread at a time.
 */
public final class NativeMatrix implements AutoCloseable {
  static {
    // Many fits run side by side; threads inside a product would only get in their way.
    blas_set_num_threads(1);
  }

  private final DoublePointer values;
  private final int rows;
  private final int columns;

  private NativeMatrix(DoublePointer values, int rows, int columns) {
    this.values = values;
    this.rows = rows;
    this.columns = columns;
  }

  /** A new matrix; the caller closes it. */
  public static NativeMatrix zeros(int rows, int columns) {
    DoublePointer values = new DoublePointer(Math.max(1, (long) rows * columns));
    NativeMatrix matrix = new NativeMatrix(values, rows, columns);
    matrix.clear();
    return matrix;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** A view of {@code count} rows from {@code start}; it lives as long as this matrix. */
  public NativeMatrix rows(int start, int count) {
    return new NativeMatrix(values.getPointer((long) start * columns), count, columns);
  }

  /** Sets all numbers from the first {@code rows * columns} of {@code source}. */
  public void set(double[] source) {
    values.put(source, 0, rows * columns);
  }

  /** Copies all numbers to the start of {@code target}. */
  public void get(double[] target) {
    values.get(target, 0, rows * columns);
  }

  public void clear() {
    values.zero();
  }

  /** c = a b. */
  public static void multiply(NativeMatrix a, NativeMatrix b, NativeMatrix c) {
    gemm(CblasNoTrans, CblasNoTrans, a.columns, 1, a, b, 0, c);
  }

  /** c = a bᵀ. */
  public static void multiplyTransposed(NativeMatrix a, NativeMatrix b, NativeMatrix c) {
    gemm(CblasNoTrans, CblasTrans, a.columns, 1, a, b, 0, c);
  }

  /** c = c + alpha aᵀ b. */
  public static void addTransposedProduct(
      double alpha, NativeMatrix a, NativeMatrix b, NativeMatrix c) {
    gemm(CblasTrans, CblasNoTrans, a.rows, alpha, a, b, 1, c);
  }

  private static void gemm(
      int transA,
      int transB,
      int inner,
      double alpha,
      NativeMatrix a,
      NativeMatrix b,
      double beta,
      NativeMatrix c) {
    if (inner == 0 || c.rows == 0 || c.columns == 0) {
      return;
    }
    cblas_dgemm(
        CblasRowMajor,
        transA,
        transB,
        c.rows,
        c.columns,
        inner,
        alpha,
        a.values,
        a.columns,
        b.values,
        b.columns,
        beta,
        c.values,
        c.columns);
  }

  /** Adds aᵀ a to the upper triangle of this square matrix. */
  public void addGram(NativeMatrix a) {
    if (columns > 0) {
      cblas_dsyrk(
          CblasRowMajor,
          CblasUpper,
          CblasTrans,
          columns,
          a.rows,
          1,
          a.values,
          columns,
          1,
          values,
          columns);
    }
  }

  /**
   * Replaces this symmetric matrix, of which the upper triangle is read, by its eigenvectors, one
   * per row.
   *
   * @return the eigenvalues, ascending
   */
  public double[] toEigenvectors() {
    return eigenvalues('V');
  }

  /**
   * Destroys this symmetric matrix, of which the upper triangle is read. Where its entries fall
   * from the first row to the last, small eigenvalues are nearly as exact as large ones.
   *
   * @return the eigenvalues, ascending
   */
  public double[] consumeToEigenvalues() {
    return eigenvalues('N');
  }

  private double[] eigenvalues(char job) {
    double[] eigenvalues = new double[columns];
    if (columns == 0) {
      return eigenvalues;
    }
    try (DoublePointer w = new DoublePointer(columns)) {
      // To LAPACK, column-major, our upper triangle is the lower one and its columns are our rows.
      int info =
          LAPACKE_dsyevd(LAPACK_COL_MAJOR, (byte) job, (byte) 'L', columns, values, columns, w);
      if (info != 0) {
        throw new IllegalStateException(
            "dsyevd of %d columns: expected info 0, got %d".formatted(columns, info));
      }
      w.get(eigenvalues);
    }
    return eigenvalues;
  }

  /**
   * Replaces this matrix, of no more rows than columns, by its right singular vectors, one per row.
   * They are orthonormal also where the singular value is 0.
   *
   * @return the singular values, descending
   */
  double[] toRightSingularVectors() {
    double[] singularValues = new double[rows];
    if (rows == 0) {
      return singularValues;
    }
    try (DoublePointer s = new DoublePointer(rows);
        DoublePointer left = new DoublePointer((long) rows * rows)) {
      // To LAPACK, column-major, this is the transpose: the vectors that take its place ('O') are
      // the columns of u, and u itself is not written.
      int info =
          LAPACKE_dgesdd(
              LAPACK_COL_MAJOR,
              (byte) 'O',
              columns,
              rows,
              values,
              columns,
              s,
              left,
              columns,
              left,
              rows);
      if (info != 0) {
        throw new IllegalStateException(
            "dgesdd of %d x %d: expected info 0, got %d".formatted(rows, columns, info));
      }
      s.get(singularValues);
    }
    return singularValues;
  }

  /**
   * Destroys this symmetric matrix without negative eigenvalues, of which the upper triangle is
   * read, by a Cholesky factorization that takes the largest pivots first.
   *
   * @return F with this = FᵀF, and as few rows as this matrix has rank but for rounding, larger
   *     ones first; the caller closes it
   */
  public NativeMatrix consumeToFactor() {
    int[] pivots = new int[columns];
    int rank = columns == 0 ? 0 : factorize(pivots);
    double[] upper = new double[rows * columns];
    get(upper);
    double[] factor = new double[rank * columns];
    for (int r = 0; r < rank; r++) {
      for (int j = r; j < columns; j++) {
        factor[r * columns + pivots[j] - 1] = upper[r * columns + j];
      }
    }
    NativeMatrix result = zeros(rank, columns);
    result.set(factor);
    return result;
  }

  private int factorize(int[] pivots) {
    double usualTolerance = -1;
    try (IntPointer order = new IntPointer(pivots.length);
        IntPointer rank = new IntPointer(1)) {
      int info =
          LAPACKE_dpstrf(
              LAPACK_COL_MAJOR, (byte) 'L', columns, values, columns, order, rank, usualTolerance);
      if (info < 0) {
        throw new IllegalStateException(
            "dpstrf of %d columns: expected info 0 or 1, got %d".formatted(columns, info));
      }
      order.get(pivots);
      return rank.get();
    }
  }

  @Override
  public void close() {
    values.close();
  }
}
