package dev.pixelprobe.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory that is filled beside its target and then renamed, so that the target appears whole
 * or not at all. Closing it without {@link #publish} deletes what was written.
 */
public final class AsideDirectory implements AutoCloseable {
  private final Path target;
  private final Path aside;

  private AsideDirectory(Path target, Path aside) {
    this.target = target;
    this.aside = aside;
  }

  /**
   * Makes the directory to fill.
   *
   * @param target a path where nothing is, or an empty directory; missing parents are made
   */
  public static AsideDirectory of(Path target) throws IOException {
    Path absolute = target.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new InvalidInputException(
          "output %s: expected a directory below the root, got the root".formatted(target));
    }
    Files.createDirectories(parent);
    Path aside = Files.createTempDirectory(parent, "." + absolute.getFileName() + ".partial-");
    Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new AsideDirectory(absolute, aside);
  }

  /** Where to write. */
  public Path path() {
    return aside;
  }

  /** Renames the directory to its target. */
  public void publish() throws IOException {
    publish(aside);
  }

  /** Renames one directory in it to the target, and leaves the rest to {@link #close}. */
  public void publish(Path part) throws IOException {
    Files.deleteIfExists(target);
    Files.move(part, target);
  }

  @Override
  public void close() throws IOException {
    delete(aside);
  }

  /** Deletes a file or a directory with all that is in it; nothing there is fine. */
  public static void delete(Path path) throws IOException {
    try (Stream<Path> tree = Files.walk(path)) {
      List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path entry : deepestFirst) {
        Files.deleteIfExists(entry);
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      if (Files.exists(path)) {
        throw e;
      }
    }
  }
}
