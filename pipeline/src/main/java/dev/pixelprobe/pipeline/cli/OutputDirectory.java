package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Checks that a command may fill a directory before it starts on long work. */
final class OutputDirectory {
  private OutputDirectory() {}

  /**
   * The same place, if nothing would be overwritten.
   *
   * @throws InvalidInputException if it is a file, or a directory with something in it
   */
  static Target checked(Target out) throws IOException {
    if (out.isCloud()) {
      checkInCloud(out);
    } else {
      checkHere(out.path());
    }
    return out;
  }

  private static void checkInCloud(Target out) throws IOException {
    if (!out.isFreeInCloud()) {
      throw new InvalidInputException(
          "--out %s: expected a place with nothing in it, got one with objects in it; choose another or empty it"
              .formatted(out));
    }
  }

  private static void checkHere(Path out) throws IOException {
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
  }
}
