package dev.pixelprobe.pipeline.features;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Local directories with all that is in them. */
final class FileTrees {
  private FileTrees() {}

  /** Deletes a directory, if it is there, deepest first. */
  static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      for (Path path : paths(directory)) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** When anything in a directory last changed. */
  static Instant lastModified(Path directory) throws IOException {
    Instant latest = Instant.MIN;
    for (Path path : paths(directory)) {
      Instant time = Files.getLastModifiedTime(path).toInstant();
      latest = time.isAfter(latest) ? time : latest;
    }
    return latest;
  }

  static void linkOrCopy(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(from, to);
    }
  }

  private static List<Path> paths(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.sorted(Comparator.reverseOrder()).toList();
    }
  }
}
