package dev.pixelprobe.model;

import java.util.Arrays;

/** The palette indices of one image, row-major: what Image GPT reads. Immutable. */
public final class Tokens {
  private final short[] values;

  private Tokens(short[] values) {
    this.values = values;
  }

  /** Takes over {@code values} without a copy: the caller must not write to it afterwards. */
  public static Tokens wrap(short[] values) {
    return new Tokens(values);
  }

  public int size() {
    return values.length;
  }

  public int get(int position) {
    return values[position];
  }

  public int[] toInts() {
    int[] ints = new int[values.length];
    Arrays.setAll(ints, i -> values[i]);
    return ints;
  }

  public short[] toArray() {
    return values.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tokens that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Tokens[%d]".formatted(values.length);
  }
}
