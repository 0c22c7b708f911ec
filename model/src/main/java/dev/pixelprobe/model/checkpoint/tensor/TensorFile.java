package dev.pixelprobe.model.checkpoint.tensor;

import dev.pixelprobe.model.InvalidInputException;
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
 * One file of tensors. What its format says of them is checked whole on opening; then each is read
 * from its place and converted to float32. Thread-safe.
 */
public final class TensorFile implements Tensors {
  private static final int CHUNK_BYTES = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, TensorInfo> tensors;

  private TensorFile(Path file, FileChannel channel, Map<String, TensorInfo> tensors) {
    this.file = file;
    this.channel = channel;
    this.tensors = tensors;
  }

  /** A file format: finds the tensors' places. */
  @FunctionalInterface
  public interface Format {
    /**
     * Entries by name, every one inside the file.
     *
     * @throws InvalidInputException if the file breaks the format's rules
     */
    Map<String, TensorInfo> locate(Path file, FileChannel channel) throws IOException;
  }

  /** Takes one stretch of a tensor's values; the buffer is used again for the next. */
  @FunctionalInterface
  public interface ChunkConsumer {
    void accept(FloatBuffer chunk) throws IOException;
  }

  /**
   * Opens the file.
   *
   * @param kind what is expected there, as in "a safetensors file"
   * @throws InvalidInputException if there is no such file or it breaks the format's rules
   */
  public static TensorFile open(Path file, String kind, Format format) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException("%s: expected %s, got no such file".formatted(file, kind));
    }
    FileChannel channel = FileChannel.open(file);
    try {
      return new TensorFile(file, channel, format.locate(file, channel));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public Path file() {
    return file;
  }

  /** Names of all tensors, in the file's order. */
  @Override
  public Set<String> names() {
    return tensors.keySet();
  }

  @Override
  public List<Long> shape(String name) {
    return info(name).shape();
  }

  @Override
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

  /** Fills the buffer with the file's bytes from there on, which the caller knows to exist. */
  public static void readFully(Path file, FileChannel channel, ByteBuffer into, long from)
      throws IOException {
    int start = into.position();
    while (into.hasRemaining()) {
      if (channel.read(into, from + into.position() - start) < 0) {
        throw new EOFException(file + ": became shorter while it was read");
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
