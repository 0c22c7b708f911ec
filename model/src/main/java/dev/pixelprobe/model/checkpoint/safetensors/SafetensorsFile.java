package dev.pixelprobe.model.checkpoint.safetensors;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.checkpoint.tensor.TensorFile;
import dev.pixelprobe.model.checkpoint.tensor.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;

/**
 * A safetensors file: a header that names tensors, then their bytes.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public final class SafetensorsFile {
  private static final long MAX_HEADER_BYTES = 100_000_000;

  private SafetensorsFile() {}

  /**
   * Opens the file and checks its header.
   *
   * @throws InvalidInputException if there is no such file or its header breaks the format's rules
   */
  public static TensorFile open(Path file) throws IOException {
    return TensorFile.open(file, "a safetensors file", SafetensorsFile::readHeader);
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
    TensorFile.readFully(file, channel, prefix, 0);
    long length = prefix.getLong(0);
    if (length < 0 || length > Math.min(room, MAX_HEADER_BYTES)) {
      throw new InvalidInputException(
          "%s: expected a header of at most %d bytes, got length %s; fetch the file again"
              .formatted(file, Math.min(room, MAX_HEADER_BYTES), Long.toUnsignedString(length)));
    }
    ByteBuffer json = ByteBuffer.allocate((int) length);
    TensorFile.readFully(file, channel, json, Long.BYTES);
    return SafetensorsHeader.parse(
        json.array(), file.toString(), Long.BYTES + length, channel.size());
  }
}
