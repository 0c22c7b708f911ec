package dev.pixelprobe.model.checkpoint;

import dev.pixelprobe.model.InvalidInputException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file: a header that names tensors, then their bytes. The header is checked whole on
 * opening; tensors are read one at a time and converted to float32. Thread-safe.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public final class SafetensorsFile implements Closeable {
  private static final long MAX_HEADER_BYTES = 100_000_000;
  private static final int CHUNK_BYTES = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, TensorInfo> tensors;

  private SafetensorsFile(Path file, FileChannel channel, Map<String, TensorInfo> tensors) {
    this.file = file;
    this.channel = channel;
    this.tensors = tensors;
  }

  /** Takes one stretch of a tensor's values; the buffer is used again for the next. */
  @FunctionalInterface
  public interface ChunkConsumer {
    void accept(FloatBuffer chunk) throws IOException;
  }

  /**
   * Opens the file and checks its header.
   *
   * @throws InvalidInputException if there is no such file or its header breaks the format's rules
   */
  public static SafetensorsFile open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(file + ": expected a safetensors file, got no such file");
    }
    FileChannel channel = FileChannel.open(file);
    try {
      return new SafetensorsFile(file, channel, readHeader(file, channel));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Map<String, TensorInfo> readHeader(Path file, FileChannel channel)
      throws IOException {
    long room = channel.size() - Long.BYTES;
    if (room < 0) {
      throw new InvalidInputException(
          "%s: expected at least 8 bytes, got %d; fetch the file again"
              .formatted(file, channel.size()));
    }
    ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(file, channel, prefix, 0);
    long length = prefix.getLong(0);
    if (length < 0 || length > Math.min(room, MAX_HEADER_BYTES)) {
      throw new InvalidInputException(
          "%s: expected a header of at most %d bytes, got length %s; fetch the file again"
              .formatted(file, Math.min(room, MAX_HEADER_BYTES), Long.toUnsignedString(length)));
    }
    ByteBuffer json = ByteBuffer.allocate((int) length);
    readFully(file, channel, json, Long.BYTES);
    return SafetensorsHeader.parse(
        json.array(), file.toString(), Long.BYTES + length, channel.size());
  }

  /** Names of all tensors, in the header's order. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /**
   * One tensor's dimensions, outermost first.
   *
   * @throws InvalidInputException if there is no such tensor
   */
  public List<Long> shape(String name) {
    return info(name).shape();
  }

  /**
   * One tensor's values, row-major.
   *
   * @throws InvalidInputException if there is no such tensor, its type is not F32, F16, BF16 or
   *     F64, or it has more elements than an array can hold
   */
  public float[] read(String name) throws IOException {
    long elements = info(name).elements();
    if (elements > Integer.MAX_VALUE - 8) {
      throw new InvalidInputException(
          "%s: %s: expected at most 2^31 - 9 elements, got %d".formatted(file, name, elements));
    }
    FloatBuffer values = FloatBuffer.allocate((int) elements);
    forEachChunk(name, values::put);
    return values.array();
  }

  /**
   * Hands one tensor's values to {@code consumer}, stretch by stretch in row-major order: the way
   * to read a tensor of any size in little memory.
   *
   * @throws InvalidInputException if there is no such tensor or its type is not F32, F16, BF16 or
   *     F64
   */
  public void forEachChunk(String name, ChunkConsumer consumer) throws IOException {
    TensorInfo info = info(name);
    if (!info.dtype().isFloat()) {
      throw new InvalidInputException(
          "%s: %s: expected dtype F32, F16, BF16 or F64, got %s"
              .formatted(file, name, info.dtype()));
    }
    ByteBuffer bytes = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer floats = FloatBuffer.allocate(CHUNK_BYTES / info.dtype().bytes());
    for (long at = info.begin(); at < info.end(); at += bytes.limit()) {
      bytes.clear().limit((int) Math.min(CHUNK_BYTES, info.end() - at));
      readFully(file, channel, bytes, at);
      info.dtype().decode(bytes.flip(), floats.clear());
      consumer.accept(floats.flip());
    }
  }

  private TensorInfo info(String name) {
    TensorInfo info = tensors.get(name);
    if (info == null) {
      throw new InvalidInputException("%s: expected a tensor %s, got none".formatted(file, name));
    }
    return info;
  }

  private static void readFully(Path file, FileChannel channel, ByteBuffer into, long from)
      throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into, from + into.position()) < 0) {
        throw new EOFException(file + ": became shorter while it was read");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
