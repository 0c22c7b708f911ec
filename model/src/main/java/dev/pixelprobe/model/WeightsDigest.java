package dev.pixelprobe.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 over names, shapes and little-endian float32 values of weights, in the order added. */
final class WeightsDigest {
  private static final int CHUNK = 1 << 16;

  private final MessageDigest sha256 = Sha256.begin();
  private final ByteBuffer buffer =
      ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

  void add(String name, long[] shape, float[] values) {
    sha256.update((name + Arrays.toString(shape)).getBytes(StandardCharsets.UTF_8));
    for (int begin = 0; begin < values.length; begin += CHUNK) {
      int length = Math.min(CHUNK, values.length - begin);
      buffer.asFloatBuffer().put(values, begin, length);
      sha256.update(buffer.array(), 0, length * Float.BYTES);
    }
  }

  String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
