package dev.pixelprobe.pipeline.storage;

import dev.pixelprobe.model.AsideDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder on this machine for what is to be uploaded. Closing it deletes it.
 *
 * @param path an empty folder at first
 */
public record Scratch(Path path) implements AutoCloseable {
  public static Scratch create() throws IOException {
    return new Scratch(Files.createTempDirectory("pixelprobe-upload-"));
  }

  @Override
  public void close() throws IOException {
    AsideDirectory.delete(path);
  }
}
