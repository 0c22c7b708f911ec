package dev.pixelprobe.pipeline.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One at a time, be it threads, class loaders of one JVM, or processes. The operating system lets
 * go of it when a process dies.
 */
final class FileGuard implements AutoCloseable {
  private static final long ASK_AGAIN_MILLIS = 50;

  private final FileChannel channel;

  private FileGuard(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits until it is free. */
  static FileGuard on(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      while (!isLocked(channel)) {
        Thread.sleep(ASK_AGAIN_MILLIS);
      }
      return new FileGuard(channel);
    } catch (InterruptedException e) {
      channel.close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + file);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // held elsewhere in this JVM
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
