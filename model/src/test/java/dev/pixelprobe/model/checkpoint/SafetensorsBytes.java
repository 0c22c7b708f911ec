package dev.pixelprobe.model.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes safetensors files by hand, sound ones and hostile ones. */
public final class SafetensorsBytes {
  private SafetensorsBytes() {}

  public static Path write(Path file, String header, byte[] data) throws IOException {
    return write(file, header.getBytes(UTF_8).length, header, data);
  }

  public static Path write(Path file, long claimedLength, String header, byte[] data)
      throws IOException {
    byte[] json = header.getBytes(UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(claimedLength).put(json).put(data).array());
    return file;
  }

  public static String entry(String name, String dtype, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, dtype, shape, begin, end);
  }
}
