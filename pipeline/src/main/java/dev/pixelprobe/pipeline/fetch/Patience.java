package dev.pixelprobe.pipeline.fetch;

import java.time.Duration;

/**
 * How long a server is waited for.
 *
 * @param connect for a connection
 * @param stall for the next byte
 * @param backoff before the first retry; each later one waits twice as long as the one before
 * @param retries in a row without a megabyte gained
 */
public record Patience(Duration connect, Duration stall, Duration backoff, int retries) {
  /** 15 seconds to connect, a minute for a byte, 4 retries after 1, 2, 4 and 8 seconds. */
  public static final Patience DEFAULT =
      new Patience(Duration.ofSeconds(15), Duration.ofMinutes(1), Duration.ofSeconds(1), 4);

  public Patience {
    if (retries < 0) {
      throw new IllegalArgumentException("retries: expected 0 or more, got " + retries);
    }
  }

  public Patience withRetries(int count) {
    return new Patience(connect, stall, backoff, count);
  }

  /** Before retry {@code number}, which counts from 1. */
  Duration before(int number) {
    return backoff.multipliedBy(1L << Math.min(number - 1, 10));
  }
}
