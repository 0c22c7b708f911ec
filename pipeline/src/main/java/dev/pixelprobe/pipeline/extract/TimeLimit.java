package dev.pixelprobe.pipeline.extract;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * Gives up on batches that take too long. TensorFlow itself ends a forward pass at the limit, as
 * soon as the operations end that have begun; one that hangs, as in a driver, cannot be ended, so
 * after a time of grace its thread is left behind.
 */
final class TimeLimit {
  private final Duration limit;
  private final Duration grace;
  private volatile boolean stuck;

  /**
   * @param limit at which TensorFlow ends a forward pass; zero for never
   */
  TimeLimit(Duration limit, Duration grace) {
    this.limit = limit;
    this.grace = grace;
  }

  /** Whether a thread was left behind: what it uses must not be freed. */
  boolean isStuck() {
    return stuck;
  }

  /**
   * Runs a batch.
   *
   * @param name of the batch, for the message
   * @throws IOException if it took too long, or one before it still hangs
   */
  <T, R> List<R> run(String name, List<T> batch, Forward<T, R> forward)
      throws IOException {
    if (limit.isZero()) {
      return forward.run(batch);
    }
    if (stuck) {
      throw new IOException(
          name + ": expected a free device, got one on which an earlier batch hangs; start again");
    }
    long begin = System.nanoTime();
    FutureTask<List<R>> task = new FutureTask<>(() -> forward.run(batch));
    Thread thread = new Thread(task, "batch " + name);
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.plus(grace).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      stuck = true;
      throw tooLong(name, e);
    } catch (InterruptedException e) {
      stuck = true;
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(name + ": interrupted");
    } catch (ExecutionException e) {
      throw failure(name, e.getCause(), System.nanoTime() - begin);
    }
  }

  private IOException failure(String name, Throwable cause, long nanos) {
    boolean late = nanos >= limit.toNanos();
    if (cause instanceof TensorFlowException && late) {
      return tooLong(name, cause);
    }
    if (cause instanceof IOException io) {
      return io;
    }
    if (cause instanceof RuntimeException runtime) {
      throw runtime;
    }
    throw (Error) cause;
  }

  private IOException tooLong(String name, Throwable cause) {
    return new IOException(
        "%s: expected results within %,d s, got none; pass a longer --batch-timeout or a smaller --batch-size"
            .formatted(name, limit.toSeconds()),
        cause);
  }
}
