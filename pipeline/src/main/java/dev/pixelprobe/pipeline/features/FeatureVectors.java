package dev.pixelprobe.pipeline.features;

import java.util.Arrays;

/** The features of one image: the vectors of all columns, one after the other. Immutable. */
public final class FeatureVectors {
  private final float[] values;

  private FeatureVectors(float[] values) {
    this.values = values;
  }

  /** Takes over {@code values} without a copy: the caller must not write to it afterwards. */
  public static FeatureVectors wrap(float[] values) {
    return new FeatureVectors(values);
  }

  /** Floats of all vectors together. */
  public int size() {
    return values.length;
  }

  public float get(int index) {
    return values[index];
  }

  /** All vectors, one after the other: not a copy, read only. */
  public float[] values() {
    return values;
  }

  /** Bit for bit, so NaN equals NaN and 0 does not equal -0. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureVectors that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "FeatureVectors[%d]".formatted(size());
  }
}
