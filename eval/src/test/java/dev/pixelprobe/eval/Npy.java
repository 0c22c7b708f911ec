package dev.pixelprobe.eval;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Little-endian .npy test resources, version 1. */
public final class Npy {
  private static final Pattern SHAPE = Pattern.compile("'shape': \\((\\d+),(?: (\\d+))?");

  private Npy() {}

  public static Matrix floats(String resource) {
    ByteBuffer file = read(resource);
    Matcher shape = header(file, "<f4");
    float[] values = new float[file.remaining() / Float.BYTES];
    file.asFloatBuffer().get(values);
    return Matrix.wrap(values, Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2)));
  }

  static int[] ints(String resource) {
    ByteBuffer file = read(resource);
    header(file, "<i4");
    int[] values = new int[file.remaining() / Integer.BYTES];
    file.asIntBuffer().get(values);
    return values;
  }

  private static ByteBuffer read(String resource) {
    try (InputStream in = Npy.class.getResourceAsStream(resource)) {
      return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Matcher header(ByteBuffer file, String type) {
    byte[] bytes = new byte[file.getShort(8)];
    file.position(10).get(bytes);
    String header = new String(bytes, StandardCharsets.US_ASCII);
    Matcher shape = SHAPE.matcher(header);
    if (!header.contains(type) || !shape.find()) {
      throw new IllegalStateException("expected a " + type + " array, got " + header);
    }
    return shape;
  }
}
