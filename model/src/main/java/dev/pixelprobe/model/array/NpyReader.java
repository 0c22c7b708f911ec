package dev.pixelprobe.model.array;

import dev.pixelprobe.model.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads an .npy file (format 1.0 to 3.0, C order, either byte order) row by row, so that the file
 * may be larger than memory. Not thread-safe.
 */
public final class NpyReader implements Closeable {
  private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

  private final String source;
  private final InputStream in;
  private final NpyHeader header;
  private int rowsRead;

  private NpyReader(String source, InputStream in, NpyHeader header) {
    this.source = source;
    this.in = in;
    this.header = header;
  }

  /**
   * Opens the file and checks that its length is what its shape says.
   *
   * @throws InvalidInputException if there is no such file, or it is not such an array
   */
  public static NpyReader open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(file + ": expected an .npy file, got no such file");
    }
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      return open(file.toString(), in, Files.size(file));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Opens an array of {@code size} bytes, head included.
   *
   * @param source names it in messages
   * @param in buffered; closed with the reader
   * @throws InvalidInputException if it is not such an array
   */
  public static NpyReader open(String source, InputStream in, long size) throws IOException {
    NpyHeader header = NpyHeader.read(in, source);
    long expected = header.shape().elements() * header.type().bytes();
    long actual = size - header.length();
    if (actual != expected) {
      throw new InvalidInputException(
          "%s: expected %d bytes for %s %s, got %d; the file is damaged, save it again"
              .formatted(source, expected, header.type(), header.shape(), actual));
    }
    return new NpyReader(source, in, header);
  }

  /** A whole array of {@code size} bytes, head included. */
  static NpyArray readAll(String source, InputStream in, long size) throws IOException {
    return open(source, in, size).readAll();
  }

  public NpyType type() {
    return header.type();
  }

  public Shape shape() {
    return header.shape();
  }

  /**
   * The next rows (entries of the first dimension), in the array's shape but for their number.
   *
   * @param max how many at most, at least 1; the last call may return fewer
   * @return empty after the last row
   * @throws InvalidInputException if the array is a scalar, or so many rows pass 2 GiB
   */
  public Optional<NpyArray> next(int max) throws IOException {
    if (shape().rank() == 0) {
      throw new InvalidInputException(source + ": expected rows, got a scalar; save an array");
    }
    int rows = Math.min(max, shape().dim(0) - rowsRead);
    if (rows < 1) {
      return Optional.empty();
    }
    rowsRead += rows;
    return Optional.of(take(shape().withRows(rows)));
  }

  /**
   * Passes over rows without reading them.
   *
   * @param rows at most as many as there are left
   */
  public void skip(int rows) throws IOException {
    if (rows < 0 || rows > shape().dim(0) - rowsRead) {
      throw new IllegalArgumentException(
          "%s: expected to skip 0..%d rows, got %d"
              .formatted(source, shape().dim(0) - rowsRead, rows));
    }
    in.skipNBytes(shape().withRows(rows).elements() * type().bytes());
    rowsRead += rows;
  }

  /** The whole array, before any call of {@link #next}. */
  NpyArray readAll() throws IOException {
    return take(shape());
  }

  private NpyArray take(Shape part) throws IOException {
    long bytes = part.elements() * type().bytes();
    if (bytes > MAX_BYTES) {
      throw new InvalidInputException(
          "%s: expected at most 2 GiB at a time, got %d bytes; split the file"
              .formatted(source, bytes));
    }
    byte[] data = new byte[(int) bytes];
    if (in.readNBytes(data, 0, data.length) < data.length) {
      throw new EOFException(source + ": became shorter while it was read");
    }
    if (header.order() == ByteOrder.BIG_ENDIAN) {
      reverse(data, type().bytes());
    }
    ByteBuffer values = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    return new NpyArray(source, type(), part, values);
  }

  private static void reverse(byte[] data, int width) {
    for (int element = 0; element < data.length; element += width) {
      for (int i = 0; i < width / 2; i++) {
        byte first = data[element + i];
        data[element + i] = data[element + width - 1 - i];
        data[element + width - 1 - i] = first;
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
