package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Feature sets by the digest of their {@link FeatureKey}, in a local directory. A set appears whole
 * or not at all, also when several processes extract the same one at once: the first wins.
 */
public final class FeatureCache {
  private final DigestCache sets;

  private FeatureCache(DigestCache sets) {
    this.sets = sets;
  }

  /** The cache in {@code directory}, which need not exist yet. */
  public static FeatureCache in(Path directory) {
    return new FeatureCache(
        new DigestCache(directory.resolve("features"), FeatureCache::isComplete));
  }

  /** The directory of the set with this digest, if it is there and complete. */
  public Optional<Path> lookup(String digest) throws IOException {
    return sets.lookup(digest);
  }

  /**
   * Extracts a set beside its place and moves it there when it is complete.
   *
   * @param extraction writes a feature set, its manifest last, into an empty directory
   * @return its directory; another process's set if that one was first
   */
  public Path publish(String digest, DigestCache.Content extraction) throws IOException {
    return sets.publish(digest, extraction);
  }

  private static boolean isComplete(Path set, String digest) throws IOException {
    try {
      return FeatureReader.open(set.toString()).manifest().digest().equals(digest);
    } catch (InvalidInputException e) {
      return false;
    }
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
    Path partial = DigestCache.aside(directory.toAbsolutePath());
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
