package dev.pixelprobe.pipeline.fetch;

import dev.pixelprobe.model.AsideDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A hidden folder beside the target, in which one process at a time gathers what is to become it.
 * Half a download stays there for the next try; what is empty is cleared away.
 */
final class Staging implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final String WHOLE = "whole";

  private final Path folder;
  private final Deque<Path> made;
  private final FileChannel channel;

  private Staging(Path folder, Deque<Path> made, FileChannel channel) {
    this.folder = folder;
    this.made = made;
    this.channel = channel;
  }

  /**
   * Takes the folder.
   *
   * @throws IOException if another process has it
   */
  static Staging of(Path target) throws IOException {
    Path folder = target.resolveSibling("." + target.getFileName() + ".fetch");
    Deque<Path> made = new ArrayDeque<>();
    for (Path above = folder; above != null && !Files.exists(above); above = above.getParent()) {
      made.addLast(above);
    }
    Files.createDirectories(folder);
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(channel) == null || !Files.exists(folder.resolve(LOCK))) {
      channel.close();
      throw new IOException(
          target + ": another pixelprobe fetch is filling it; wait until that is done");
    }
    return new Staging(folder, made, channel);
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** A folder in it for files that are whole. */
  Path whole() throws IOException {
    return Files.createDirectories(folder.resolve(WHOLE));
  }

  /** Deletes all that was gathered. */
  void clear() throws IOException {
    AsideDirectory.delete(folder);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(folder.resolve(LOCK));
    made.addFirst(folder);
    made.addFirst(folder.resolve(WHOLE));
    try {
      for (Path path : made) {
        Files.deleteIfExists(path);
      }
    } catch (DirectoryNotEmptyException e) {
      // there is something in it to keep, so what is above it stays too
    } finally {
      channel.close();
    }
  }
}
