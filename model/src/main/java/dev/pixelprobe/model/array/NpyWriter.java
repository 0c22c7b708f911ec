package dev.pixelprobe.model.array;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes an .npy file of known shape piece by piece, byte for byte as numpy.save would. The file is
 * written beside its place and takes it in {@link #close}, if every element came; otherwise nothing
 * is left. Not thread-safe.
 */
public final class NpyWriter implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final Path aside;
  private final FileChannel channel;
  private final NpyType type;
  private final Shape shape;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final long expectedBytes;
  private long appended;

  private NpyWriter(Path file, Path aside, FileChannel channel, NpyType type, Shape shape) {
    byte[] header = NpyHeader.format(type, shape);
    this.buffer.put(header);
    this.expectedBytes = header.length + shape.elements() * type.bytes();
    this.file = file;
    this.aside = aside;
    this.channel = channel;
    this.type = type;
    this.shape = shape;
  }

  /** Starts a file of this type and shape; an older one stays until {@link #close}. */
  public static NpyWriter create(Path file, NpyType type, Shape shape) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".part");
    FileChannel channel =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    return new NpyWriter(file, aside, channel, type, shape);
  }

  /** Appends the next elements of a float32 array. */
  public void append(float... values) throws IOException {
    count(NpyType.FLOAT32, values.length);
    for (float value : values) {
      room(Float.BYTES).putFloat(value);
    }
  }

  /** Appends the next elements of an int32 array. */
  public void append(int... values) throws IOException {
    count(NpyType.INT32, values.length);
    for (int value : values) {
      room(Integer.BYTES).putInt(value);
    }
  }

  /** Appends the next elements of a uint8 array. */
  public void append(byte[] values) throws IOException {
    count(NpyType.UINT8, values.length);
    for (byte value : values) {
      room(1).put(value);
    }
  }

  /** Appends another array's elements. */
  void append(NpyArray array) throws IOException {
    count(array.type(), array.shape().elements());
    flush();
    writeFully(array.data());
  }

  private void count(NpyType given, long elements) {
    if (given != type || elements > shape.elements() - appended) {
      throw new IllegalArgumentException(
          "%s: expected at most %d more elements of %s, got %d of %s"
              .formatted(file, shape.elements() - appended, type, elements, given));
    }
    appended += elements;
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() throws IOException {
    writeFully(buffer.flip());
    buffer.clear();
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Puts the finished file in its place.
   *
   * @throws IllegalStateException if elements are missing; the unfinished file is deleted
   */
  @Override
  public void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    try (channel) {
      flush();
      if (channel.size() != expectedBytes) {
        throw new IllegalStateException(
            "%s: expected %d elements, got %d".formatted(file, shape.elements(), appended));
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
