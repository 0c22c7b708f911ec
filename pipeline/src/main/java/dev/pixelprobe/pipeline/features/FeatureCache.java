package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.model.InvalidInputException;
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
 * Feature sets by the digest of their {@link FeatureKey}, in a local directory. A set appears whole
 * or not at all, also when several processes extract the same one at once: the first wins.
 */
public final class FeatureCache {
  private static final String PARTIAL = ".partial-";
  private static final Duration STALE = Duration.ofDays(1);

  private final Path sets;

  private FeatureCache(Path sets) {
    this.sets = sets;
  }

  /** The cache in {@code directory}, which need not exist yet. */
  public static FeatureCache in(Path directory) {
    return new FeatureCache(directory.resolve("features"));
  }

  /** Writes a feature set, its manifest last, into an empty directory. */
  @FunctionalInterface
  public interface Extraction {
    void writeTo(Path directory) throws IOException;
  }

  /** The directory of the set with this digest, if it is there and complete. */
  public Optional<Path> lookup(String digest) throws IOException {
    Path set = path(digest);
    return isComplete(set, digest) ? Optional.of(set) : Optional.empty();
  }

  /**
   * Extracts a set beside its place and moves it there when it is complete.
   *
   * @return its directory; another process's set if that one was first
   */
  public Path publish(String digest, Extraction extraction) throws IOException {
    Path set = path(digest);
    Files.createDirectories(sets);
    deleteStale();
    Path partial = aside(set);
    Files.createDirectory(partial);
    try {
      extraction.writeTo(partial);
      if (!isComplete(partial, digest)) {
        throw new IllegalStateException(
            "%s: expected a complete feature set %s from the extraction"
                .formatted(partial, digest));
      }
      moveIntoPlace(partial, set, digest);
    } finally {
      AsideDirectory.delete(partial);
    }
    return set;
  }

  private void moveIntoPlace(Path partial, Path set, String digest) throws IOException {
    try {
      Files.move(partial, set, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.exists(set)) {
        throw e;
      }
      if (!isComplete(set, digest)) {
        replace(set, partial);
      }
    }
  }

  private static void replace(Path damaged, Path partial) throws IOException {
    Path aside = aside(damaged);
    Files.move(damaged, aside, StandardCopyOption.ATOMIC_MOVE);
    Files.move(partial, damaged, StandardCopyOption.ATOMIC_MOVE);
    AsideDirectory.delete(aside);
  }

  private static boolean isComplete(Path set, String digest) throws IOException {
    try {
      return FeatureReader.open(set.toString()).manifest().digest().equals(digest);
    } catch (InvalidInputException e) {
      return false;
    }
  }

  private void deleteStale() throws IOException {
    Instant limit = Instant.now().minus(STALE);
    try (Stream<Path> entries = Files.list(sets)) {
      List<Path> partials =
          entries.filter(entry -> entry.getFileName().toString().contains(PARTIAL)).toList();
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
    return sets.resolve(digest);
  }

  private static Path aside(Path set) {
    return set.resolveSibling(set.getFileName() + PARTIAL + UUID.randomUUID());
  }

  /**
   * Shows a set under another directory, which must not exist yet: by hard links where the file
   * system has them, else by copies. The directory appears whole.
   */
  public static void linkInto(Path set, Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path partial = aside(directory.toAbsolutePath());
    Files.createDirectory(partial);
    try (Stream<Path> files = Files.list(set)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        FileTrees.linkOrCopy(file, partial.resolve(file.getFileName()));
      }
      Files.move(partial, directory, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      AsideDirectory.delete(partial);
    }
  }
}
