package dev.pixelprobe.pipeline.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A name among the runs of a folder that no other process takes: {@code
 * 20260131T120000Z-weekly-0a1b2c3d}. Until it is closed a hidden folder beside it says so.
 */
final class RunPlace implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DIGITS = 8;

  private final Path path;
  private final Path claim;

  private RunPlace(Path path, Path claim) {
    this.path = path;
    this.claim = claim;
  }

  /**
   * Takes the first name that is free.
   *
   * @param suite what the run belongs to
   * @param digest of what it measures
   */
  static RunPlace claim(Path runs, Instant started, String suite, String digest)
      throws IOException {
    Files.createDirectories(runs);
    String name = time(started) + "-" + suite + "-" + digest.substring(0, DIGITS);
    for (int i = 2; ; i++) {
      Path path = runs.resolve(i == 2 ? name : name + "-" + (i - 1));
      Path claim = path.resolveSibling("." + path.getFileName() + ".claimed");
      if (!Files.exists(path) && isCreated(claim)) {
        return new RunPlace(path, claim);
      }
    }
  }

  /** As it begins the names of runs. */
  static String time(Instant started) {
    return TIME.format(started);
  }

  private static boolean isCreated(Path claim) throws IOException {
    try {
      Files.createDirectory(claim);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(claim);
  }
}
