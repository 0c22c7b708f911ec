package dev.pixelprobe.eval;

import java.util.Arrays;

/** A float32 matrix, rows x columns, row-major: one row per image, one column per feature. */
public final class Matrix {
  private final float[] values;
  private final int rows;
  private final int columns;

  private Matrix(float[] values, int rows, int columns) {
    this.values = values;
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Takes over {@code values} without a copy: the caller must not write to it afterwards.
   *
   * @param values {@code rows * columns} numbers, row after row; no columns are allowed
   */
  public static Matrix wrap(float[] values, int rows, int columns) {
    if (rows < 0 || columns < 0 || values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "matrix: expected rows * columns numbers for %d x %d, got %d"
              .formatted(rows, columns, values.length));
    }
    return new Matrix(values, rows, columns);
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public float get(int row, int column) {
    return values[row * columns + column];
  }

  /** Copies row {@code row} into {@code target}, which has one place per column. */
  public void copyRow(int row, double[] target) {
    int offset = row * columns;
    for (int j = 0; j < columns; j++) {
      target[j] = values[offset + j];
    }
  }

  /** A new matrix of the given rows, in the given order. */
  public Matrix select(int[] chosen) {
    float[] selected = new float[Math.multiplyExact(chosen.length, columns)];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(values, chosen[i] * columns, selected, i * columns, columns);
    }
    return new Matrix(selected, chosen.length, columns);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix that
        && rows == that.rows
        && columns == that.columns
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + columns;
  }

  @Override
  public String toString() {
    return "Matrix[%d x %d]".formatted(rows, columns);
  }
}
