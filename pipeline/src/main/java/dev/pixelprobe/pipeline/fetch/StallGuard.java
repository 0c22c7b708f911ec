package dev.pixelprobe.pipeline.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Closes a stream that no bytes come out of for a while, so that the thread that reads it goes on.
 * Java's HTTP client waits for ever otherwise.
 */
final class StallGuard implements AutoCloseable {
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "stall guard");
            thread.setDaemon(true);
            return thread;
          });
  private final InputStream stream;
  private final AtomicLong reads = new AtomicLong();
  private long seen = -1;
  private volatile boolean stalled;

  StallGuard(InputStream stream, Duration patience) {
    this.stream = stream;
    var unused =
        clock.scheduleAtFixedRate(
            this::look, patience.toMillis(), patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Says that bytes came. */
  void progress() {
    reads.incrementAndGet();
  }

  boolean stalled() {
    return stalled;
  }

  private void look() {
    long now = reads.get();
    if (now == seen) {
      stalled = true;
      try {
        stream.close();
      } catch (IOException e) {
        throw new IllegalStateException("an HTTP body does not fail to close", e);
      }
    }
    seen = now;
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
