package dev.pixelprobe.model.array;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The element types that we read and write; numpy's names, in lower case, are theirs too. */
public enum NpyType {
  UINT8("u1", 1),
  INT32("i4", 4),
  INT64("i8", 8),
  FLOAT32("f4", 4),
  FLOAT64("f8", 8);

  private final String code;
  private final int bytes;

  NpyType(String code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** Size of one element. */
  public int bytes() {
    return bytes;
  }

  boolean isInteger() {
    return this == UINT8 || this == INT32 || this == INT64;
  }

  /** As numpy's header spells it in little-endian order: |u1, <i4. */
  String descr() {
    return (bytes == 1 ? "|" : "<") + code;
  }

  static Optional<NpyType> ofCode(String code) {
    return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
