package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.AsideDirectory;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Local directories by the digest of all that their content depends on. One appears whole or not at
 * all, also when several processes fill the same one at once: the first wins.
 */
public final class DigestCache {
  private static final String PARTIAL = ".partial-";
  private static final Duration STALE = Duration.ofDays(1);

  private final Path entries;
  private final Check check;

  /**
   * The cache in one directory.
   *
   * @param entries the directory, which need not exist yet
   * @param check tells an entry from a damaged one
   */
  public DigestCache(Path entries, Check check) {
    this.entries = entries;
    this.check = check;
  }

  /** Whether a directory, which need not exist, is a whole entry of a digest. */
  @FunctionalInterface
  public interface Check {
    boolean isComplete(Path directory, String digest) throws IOException;
  }

  /** Fills an empty directory. */
  @FunctionalInterface
  public interface Content {
    void writeTo(Path directory) throws IOException;
  }

  /** The directory of this digest, if it is there and complete. */
  public Optional<Path> lookup(String digest) throws IOException {
    Path entry = path(digest);
    return check.isComplete(entry, digest) ? Optional.of(entry) : Optional.empty();
  }

  /**
   * Fills a directory beside its place and moves it there when it is complete.
   *
   * @return its place; another process's directory if that one was first
   */
  public Path publish(String digest, Content content) throws IOException {
    Path entry = path(digest);
    Files.createDirectories(entries);
    deleteStale();
    Path partial = aside(entry);
    Files.createDirectory(partial);
    try {
      content.writeTo(partial);
      if (!check.isComplete(partial, digest)) {
        throw new IllegalStateException(
            "%s: expected a complete directory of %s".formatted(partial, digest));
      }
      moveIntoPlace(partial, entry, digest);
    } finally {
      AsideDirectory.delete(partial);
    }
    return entry;
  }

  private void moveIntoPlace(Path partial, Path entry, String digest) throws IOException {
    try {
      Files.move(partial, entry, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.exists(entry)) {
        throw e;
      }
      if (!check.isComplete(entry, digest)) {
        replace(entry, partial);
      }
    }
  }

  private static void replace(Path damaged, Path partial) throws IOException {
    Path aside = aside(damaged);
    Files.move(damaged, aside, StandardCopyOption.ATOMIC_MOVE);
    Files.move(partial, damaged, StandardCopyOption.ATOMIC_MOVE);
    AsideDirectory.delete(aside);
  }

  private void deleteStale() throws IOException {
    Instant limit = Instant.now().minus(STALE);
    try (Stream<Path> all = Files.list(entries)) {
      List<Path> partials =
          all.filter(entry -> entry.getFileName().toString().contains(PARTIAL)).toList();
      for (Path partial : partials) {
        if (FileTrees.lastModified(partial).isBefore(limit)) {
          AsideDirectory.delete(partial);
        }
      }
    }
  }

  private Path path(String digest) {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("digest: expected 64 hex digits, got " + digest);
    }
    return entries.resolve(digest);
  }

  static Path aside(Path entry) {
    return entry.resolveSibling(entry.getFileName() + PARTIAL + UUID.randomUUID());
  }
}
