package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.files.FolderCopy;
import dev.pixelprobe.pipeline.files.FolderFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Feature sets by the digest of their {@link FeatureKey}, on a disk or in a bucket. A set appears
 * whole or not at all, also when several processes extract the same one at once: the first wins.
 */
public final class FeatureCache {
  private final DigestCache sets;

  private FeatureCache(DigestCache sets) {
    this.sets = sets;
  }

  /**
   * The cache in a folder, which need not exist yet.
   *
   * @param location an absolute local path, or a {@code gs://} URI
   */
  public static FeatureCache in(String location) {
    return new FeatureCache(
        DigestCache.in(Folder.at(location).child("features").location(), FeatureCache::isComplete));
  }

  /** Where the set with this digest is, if it is there and complete. */
  public Optional<String> lookup(String digest) throws IOException {
    return sets.lookup(digest);
  }

  /**
   * Extracts a set where nobody sees it, and makes it the cache's when it is complete.
   *
   * @param extraction writes a feature set, its manifest last, into an empty folder
   * @return where it is; another process's set if that one was first
   */
  public String publish(String digest, DigestCache.Content extraction) throws IOException {
    return sets.publish(digest, extraction);
  }

  private static boolean isComplete(String set, String digest) throws IOException {
    try {
      return FeatureReader.open(set).manifest().digest().equals(digest);
    } catch (InvalidInputException e) {
      return false;
    }
  }

  /**
   * Shows a set in another folder, which must not be there yet. On one disk it is hard links where
   * the file system has them, else it is copies, and the folder appears whole; in a bucket the
   * manifest comes last.
   *
   * @param set where a set is
   */
  public static void place(String set, String location) throws IOException {
    if (Folder.isRemote(set) || Folder.isRemote(location)) {
      copy(Folder.at(set), Folder.at(location));
    } else {
      linkInto(Path.of(set), Path.of(location));
    }
  }

  private static void copy(Folder set, Folder target) throws IOException {
    List<String> names = set.list().stream().map(FolderFile::name).toList();
    FolderCopy.copy(set, target, names, FeatureManifestFile.NAME);
  }

  private static void linkInto(Path set, Path directory) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path partial = LocalDigestCache.aside(directory.toAbsolutePath());
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
