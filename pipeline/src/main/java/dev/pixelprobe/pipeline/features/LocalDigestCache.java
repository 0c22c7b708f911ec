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

/** On a disk: an entry is filled beside its place and renamed, so the first who does that wins. */
final class LocalDigestCache implements DigestCache {
  private static final String PARTIAL = ".partial-";
  private static final Duration STALE = Duration.ofDays(1);

  private final Path entries;
  private final Check check;

  LocalDigestCache(Path entries, Check check) {
    this.entries = entries;
    this.check = check;
  }

  @Override
  public Optional<String> lookup(String digest) throws IOException {
    String entry = path(digest).toString();
    return check.isComplete(entry, digest) ? Optional.of(entry) : Optional.empty();
  }

  @Override
  public String publish(String digest, Content content) throws IOException {
    Path entry = path(digest);
    Files.createDirectories(entries);
    deleteStale();
    Path partial = aside(entry);
    Files.createDirectory(partial);
    try {
      content.writeTo(partial.toString());
      if (!check.isComplete(partial.toString(), digest)) {
        throw new IllegalStateException(
            "%s: expected a complete directory of %s".formatted(partial, digest));
      }
      moveIntoPlace(partial, entry, digest);
    } finally {
      AsideDirectory.delete(partial);
    }
    return entry.toString();
  }

  private void moveIntoPlace(Path partial, Path entry, String digest) throws IOException {
    try {
      Files.move(partial, entry, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.exists(entry)) {
        throw e;
      }
      if (!check.isComplete(entry.toString(), digest)) {
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
    return entries.resolve(DigestCache.checked(digest));
  }

  static Path aside(Path entry) {
    return entry.resolveSibling(entry.getFileName() + PARTIAL + UUID.randomUUID());
  }
}
