package dev.pixelprobe.pipeline.features;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/** Local directories with all that is in them. */
final class FileTrees {
  private FileTrees() {}

  /** When anything in a directory last changed. */
  static Instant lastModified(Path directory) throws IOException {
    Instant latest = Instant.MIN;
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.toList()) {
        Instant time = Files.getLastModifiedTime(path).toInstant();
        latest = time.isAfter(latest) ? time : latest;
      }
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
}
