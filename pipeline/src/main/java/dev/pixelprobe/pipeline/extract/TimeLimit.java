package dev.pixelprobe.pipeline.extract;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gives up on batches that take too long. Nothing ends a forward pass that has begun: TensorFlow's
 * own limit on a run is told only when all its operations have ended. So each batch runs in a
 * thread of its own, which is left behind.
 */
public final class TimeLimit {
  private static volatile boolean leftBehind;

  private final Duration limit;
  private volatile boolean exceeded;

  /**
   * @param limit zero for none
   */
  TimeLimit(Duration limit) {
    this.limit = limit;
  }

  /** Whether this JVM left a batch behind: its native code must not be pulled from under it. */
  public static boolean leftABatchBehind() {
    return leftBehind;
  }

  /** Whether a batch was left behind: what it uses must not be freed. */
  boolean isExceeded() {
    return exceeded;
  }

  /**
   * Runs a batch.
   *
   * @param name of the batch, for the message
   * @param forward knows nothing of the thread it is called in
   * @throws IOException if it took too long, or one before it did
   */
  <T, R> List<R> run(String name, List<T> batch, Forward<T, R> forward) throws IOException {
    if (limit.isZero()) {
      return forward.run(batch);
    }
    if (exceeded) {
      throw new IOException(
          name + ": expected a free device, got one on which an earlier batch hangs; run again");
    }
    FutureTask<List<R>> task = new FutureTask<>(() -> forward.run(batch));
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    try {
      return await(task);
    } catch (TimeoutException e) {
      exceeded = true;
      leftBehind = true;
      throw new IOException(
          "%s: expected results within %,d s, got none; pass a longer --batch-timeout or a smaller --batch-size"
              .formatted(name, limit.toSeconds()),
          e);
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNull(e.getCause(), "a task's own failure"));
    }
  }

  /** Also where the thread is told to end meanwhile: a batch is only left behind at the limit. */
  private <R> R await(FutureTask<R> task) throws ExecutionException, TimeoutException {
    long end = System.nanoTime() + limit.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException failure(Throwable cause) {
    if (cause instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return (IOException) cause;
  }
}
