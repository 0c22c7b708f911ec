package dev.pixelprobe.pipeline.features;

import java.util.Arrays;

/** The pooled features of one image: one vector of width {@code dim} per layer. Immutable. */
public final class FeatureVectors {
  private final int dim;
  private final float[] values;

  private FeatureVectors(int dim, float[] values) {
    this.dim = dim;
    this.values = values;
  }

  /**
   * Takes over {@code values} without a copy: the caller must not write to it afterwards.
   *
   * @param values {@code columns * dim} floats, vector after vector
   */
  public static FeatureVectors wrap(int columns, int dim, float[] values) {
    if (columns < 1 || dim < 1 || values.length != (long) columns * dim) {
      throw new IllegalArgumentException(
          "features: expected %d x %d floats, got %d".formatted(columns, dim, values.length));
    }
    return new FeatureVectors(dim, values);
  }

  /** Number of vectors. */
  public int columns() {
    return values.length / dim;
  }

  public int dim() {
    return dim;
  }

  public float get(int column, int index) {
    return values[column * dim + index];
  }

  /** All vectors, one after the other: not a copy, read only. */
  public float[] values() {
    return values;
  }

  /** Bit for bit, so NaN equals NaN and 0 does not equal -0. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureVectors that
        && dim == that.dim
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * dim + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "FeatureVectors[%d x %d]".formatted(columns(), dim);
  }
}
