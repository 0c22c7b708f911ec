package dev.pixelprobe.model.array;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;

/** An array of numbers in memory, row-major, at most 2 GiB. Immutable. */
public final class NpyArray {
  private final String source;
  private final NpyType type;
  private final Shape shape;
  private final ByteBuffer data;

  /**
   * Wraps the elements.
   *
   * @param source where the array came from, for messages
   * @param data its elements, little-endian
   */
  NpyArray(String source, NpyType type, Shape shape, ByteBuffer data) {
    if (shape.elements() * type.bytes() != data.capacity()) {
      throw new IllegalArgumentException(
          "expected the elements of shape %s, got %d"
              .formatted(shape, data.capacity() / type.bytes()));
    }
    this.source = source;
    this.type = type;
    this.shape = shape;
    this.data = data;
  }

  public static NpyArray of(float[] values, int... shape) {
    ByteBuffer data = allocate(values.length, NpyType.FLOAT32);
    data.asFloatBuffer().put(values);
    return new NpyArray("array", NpyType.FLOAT32, Shape.of(shape), data);
  }

  public static NpyArray of(double[] values, int... shape) {
    ByteBuffer data = allocate(values.length, NpyType.FLOAT64);
    data.asDoubleBuffer().put(values);
    return new NpyArray("array", NpyType.FLOAT64, Shape.of(shape), data);
  }

  public static NpyArray of(int[] values, int... shape) {
    ByteBuffer data = allocate(values.length, NpyType.INT32);
    data.asIntBuffer().put(values);
    return new NpyArray("array", NpyType.INT32, Shape.of(shape), data);
  }

  /** An array of unsigned bytes. */
  public static NpyArray of(byte[] values, int... shape) {
    ByteBuffer data = ByteBuffer.wrap(values.clone()).order(ByteOrder.LITTLE_ENDIAN);
    return new NpyArray("array", NpyType.UINT8, Shape.of(shape), data);
  }

  private static ByteBuffer allocate(int elements, NpyType type) {
    return ByteBuffer.allocate(Math.multiplyExact(elements, type.bytes()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads a whole file; {@link NpyReader} reads one by rows.
   *
   * @throws InvalidInputException if there is no such file, it is not such an array, or it is
   *     larger than 2 GiB
   */
  public static NpyArray read(Path file) throws IOException {
    try (NpyReader reader = NpyReader.open(file)) {
      return reader.readAll();
    }
  }

  /** Writes the file as numpy.save would, byte for byte; it appears whole or not at all. */
  public void write(Path file) throws IOException {
    try (NpyWriter writer = NpyWriter.create(file, type, shape)) {
      writer.append(this);
    }
  }

  public NpyType type() {
    return type;
  }

  public Shape shape() {
    return shape;
  }

  /** All elements as float32, each rounded to the nearest. */
  public float[] toFloats() {
    float[] values = new float[data.capacity() / type.bytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case FLOAT32 -> data.getFloat(i * 4);
            case FLOAT64 -> (float) data.getDouble(i * 8);
            default -> integer(i);
          };
    }
    return values;
  }

  /** All elements as float64; int64 beyond 2^53 is rounded to the nearest. */
  public double[] toDoubles() {
    double[] values = new double[data.capacity() / type.bytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (type) {
            case FLOAT32 -> data.getFloat(i * 4);
            case FLOAT64 -> data.getDouble(i * 8);
            default -> integer(i);
          };
    }
    return values;
  }

  /**
   * All elements of an array of integers.
   *
   * @throws InvalidInputException if it is not one, or an element is not an int
   */
  public int[] toInts() {
    if (!type.isInteger()) {
      throw new InvalidInputException(
          "%s: expected int32, int64 or uint8, got %s; convert it with numpy.ndarray.astype"
              .formatted(source, type));
    }
    int[] values = new int[data.capacity() / type.bytes()];
    for (int i = 0; i < values.length; i++) {
      long value = integer(i);
      values[i] = (int) value;
      if (values[i] != value) {
        throw new InvalidInputException(
            "%s: expected values in -2^31..2^31 - 1, got %d at element %d"
                .formatted(source, value, i));
      }
    }
    return values;
  }

  /**
   * All elements of an array of unsigned bytes.
   *
   * @throws InvalidInputException if it is not uint8
   */
  public byte[] toBytes() {
    if (type != NpyType.UINT8) {
      throw new InvalidInputException(
          "%s: expected uint8, got %s; convert it with numpy.ndarray.astype"
              .formatted(source, type));
    }
    byte[] values = new byte[data.capacity()];
    data.get(0, values);
    return values;
  }

  private long integer(int i) {
    return switch (type) {
      case UINT8 -> data.get(i) & 0xff;
      case INT32 -> data.getInt(i * 4);
      case INT64 -> data.getLong(i * 8);
      case FLOAT32, FLOAT64 -> throw new IllegalStateException(type + " is no integer type");
    };
  }

  /** The elements, little-endian, to read only. */
  ByteBuffer data() {
    return data.asReadOnlyBuffer();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NpyArray that
        && type == that.type
        && shape.equals(that.shape)
        && data.equals(that.data);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, shape, data);
  }

  @Override
  public String toString() {
    return "NpyArray[%s %s %s]".formatted(source, type, shape);
  }
}
