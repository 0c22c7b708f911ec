package dev.pixelprobe.model.checkpoint.tensor;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;

/** Element types, named as safetensors names them; the floating ones convert to float32. */
public enum TensorDType {
  BOOL(1),
  U8(1),
  I8(1),
  F8_E4M3(1),
  F8_E5M2(1),
  U16(2),
  I16(2),
  U32(4),
  I32(4),
  U64(8),
  I64(8),
  F16(2),
  BF16(2),
  F32(4),
  F64(8);

  private final int bytes;

  TensorDType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one element. */
  public int bytes() {
    return bytes;
  }

  boolean isFloat() {
    return this == F16 || this == BF16 || this == F32 || this == F64;
  }

  /** Converts all that remains of {@code in}, little-endian, which must be whole elements. */
  void decode(ByteBuffer in, FloatBuffer out) {
    switch (this) {
      case F32 -> out.put(in.asFloatBuffer());
      case F64 -> {
        while (in.hasRemaining()) {
          out.put((float) in.getDouble());
        }
      }
      case F16 -> {
        while (in.hasRemaining()) {
          out.put(halfToFloat(in.getShort()));
        }
      }
      case BF16 -> {
        while (in.hasRemaining()) {
          out.put(Float.intBitsToFloat(in.getShort() << 16));
        }
      }
      default -> throw new IllegalStateException(this + " is not a floating type");
    }
  }

  /** IEEE 754 binary16 (1 sign, 5 exponent, 10 fraction bits) to binary32: exact. */
  static float halfToFloat(short half) {
    int exponent = (half >> 10) & 0x1f;
    int fraction = half & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Float.intBitsToFloat(((exponent + 127 - 15) << 23) | (fraction << 13));
        };
    return half < 0 ? -magnitude : magnitude;
  }
}
