package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Checks that a command may fill a directory before it starts on long work. */
final class OutputDirectory {
  private OutputDirectory() {}

  /**
   * The same path, if nothing would be overwritten.
   *
   * @throws InvalidInputException if it is a file, or a directory with something in it
   */
  static Path checked(Path out) throws IOException {
    if (Files.exists(out) && !Files.isDirectory(out)) {
      throw new InvalidInputException(
          "--out %s: expected a new or empty directory, got a file; choose another".formatted(out));
    }
    if (Files.isDirectory(out)) {
      try (Stream<Path> entries = Files.list(out)) {
        if (entries.findAny().isPresent()) {
          throw new InvalidInputException(
              "--out %s: expected a new or empty directory, got one with files in it; choose another or empty it"
                  .formatted(out));
        }
      }
    }
    return out;
  }
}
