package dev.pixelprobe.model.checkpoint.torch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.checkpoint.tensor.TensorFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The bytes of one or more pickles in a file, read forwards and never beyond a limit. */
final class PickleInput {
  /** A thousand layers need half of it; all objects of so many opcodes fit in memory. */
  private static final int MAX_BYTES = 4 << 20;

  private static final int CHUNK_BYTES = 1 << 13;
  private static final int MAX_LINE = 512;

  private final Path file;
  private final FileChannel channel;
  private final long begin;
  private final long end;
  private final ByteBuffer chunk =
      ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private long chunkEnd;

  PickleInput(Path file, FileChannel channel, long begin, long end) {
    this.file = file;
    this.channel = channel;
    this.begin = begin;
    this.end = end;
    this.chunkEnd = begin;
  }

  /** Where the next byte lies in the file. */
  long position() {
    return chunkEnd - chunk.remaining();
  }

  int u1() throws IOException {
    require(1);
    return chunk.get() & 0xff;
  }

  int u2() throws IOException {
    require(2);
    return chunk.getShort() & 0xffff;
  }

  int i4() throws IOException {
    require(4);
    return chunk.getInt();
  }

  long i8() throws IOException {
    require(8);
    return chunk.getLong();
  }

  /** Floats alone are big-endian. */
  double f8() throws IOException {
    return Double.longBitsToDouble(Long.reverseBytes(i8()));
  }

  /** A whole number of this many bytes, little-endian two's complement. */
  long integer(int bytes) throws IOException {
    if (bytes > Long.BYTES) {
      throw wrong("a number of at most 8 bytes", "one of " + bytes);
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) u1() << (8 * i);
    }
    int unused = Long.SIZE - 8 * bytes;
    return bytes == 0 ? 0 : value << unused >> unused;
  }

  String text(long length) throws IOException {
    if (length < 0 || length > end - position()) {
      throw wrong("text inside the file", "one of %d bytes".formatted(length));
    }
    requireBudget(length);
    byte[] bytes = new byte[(int) length];
    for (int at = 0; at < bytes.length; ) {
      require(1);
      int step = Math.min(chunk.remaining(), bytes.length - at);
      chunk.get(bytes, at, step);
      at += step;
    }
    return new String(bytes, UTF_8);
  }

  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = u1(); c != '\n'; c = u1()) {
      if (line.length() == MAX_LINE) {
        throw wrong("a name of at most %d letters".formatted(MAX_LINE), "a longer one");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private void require(int bytes) throws IOException {
    if (chunk.remaining() >= bytes) {
      return;
    }
    if (end - position() < bytes) {
      throw wrong("a whole pickle", "the end of it");
    }
    requireBudget(bytes);
    chunk.compact();
    chunk.limit((int) Math.min(chunk.capacity(), chunk.position() + (end - chunkEnd)));
    int fresh = chunk.remaining();
    TensorFile.readFully(file, channel, chunk, chunkEnd);
    chunkEnd += fresh;
    chunk.flip();
  }

  private void requireBudget(long bytes) {
    if (position() + bytes - begin > MAX_BYTES) {
      throw wrong("a pickle of at most %d bytes".formatted(MAX_BYTES), "more");
    }
  }

  /** What is wrong with the pickle, here. */
  InvalidInputException wrong(String expected, String got) {
    return new InvalidInputException(
        "%s: pickle, byte %d: expected %s, got %s; fetch the file again"
            .formatted(file, position() - begin, expected, got));
  }

  /** The pickle asks for something that a file of tensors has no need of. */
  InvalidInputException forbidden(String what) {
    return new InvalidInputException(
        "%s: pickle, byte %d: expected nothing but tensors, got %s, which is not run; do not trust this file"
            .formatted(file, position() - begin, what));
  }
}
