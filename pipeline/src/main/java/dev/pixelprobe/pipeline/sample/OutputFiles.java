package dev.pixelprobe.pipeline.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import org.apache.beam.sdk.io.FileSystems;

/** Small files, wherever Beam's file systems reach. */
final class OutputFiles {
  private OutputFiles() {}

  static void write(String directory, String name, byte[] bytes, String mimeType)
      throws IOException {
    try (OutputStream out =
        Channels.newOutputStream(
            FileSystems.create(
                FileSystems.matchNewResource(directory + "/" + name, false), mimeType))) {
      out.write(bytes);
    }
  }
}
