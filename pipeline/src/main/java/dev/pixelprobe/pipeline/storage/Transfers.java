package dev.pixelprobe.pipeline.storage;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;

/** Several files on their way at once, watched by whoever wants to show it. */
public final class Transfers {
  private static final int AT_ONCE = 8;

  private static volatile Display display = (task, bytes, done) -> () -> {};

  private Transfers() {}

  /** Shows how far transfers are. */
  @FunctionalInterface
  public interface Display {
    /**
     * A transfer begins.
     *
     * @param task download or upload
     * @param bytes in all
     * @param done how many have come through; may be called at any time
     * @return to be closed when it ends
     */
    Shown begin(String task, long bytes, LongSupplier done);
  }

  /** A transfer that is being shown. */
  @FunctionalInterface
  public interface Shown extends AutoCloseable {
    @Override
    void close();
  }

  /** From now on this process shows its transfers so; a worker shows none. */
  public static void showOn(Display shown) {
    display = shown;
  }

  /** One of several files. */
  @FunctionalInterface
  interface Transfer {
    void run() throws IOException;
  }

  /** Runs all; the first failure is thrown once the others have ended. */
  static void run(String task, long bytes, LongSupplier done, List<Transfer> transfers)
      throws IOException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(AT_ONCE, transfers.size())));
    try (Shown shown = display.begin(task, bytes, done)) {
      List<Future<?>> running = new ArrayList<>();
      for (Transfer transfer : transfers) {
        running.add(
            threads.submit(
                () -> {
                  transfer.run();
                  return null;
                }));
      }
      for (Future<?> one : running) {
        await(one);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(Future<?> transfer) throws IOException {
    try {
      transfer.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted during a transfer");
    }
  }
}
