package dev.pixelprobe.pipeline.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** A file that its server does not give, or not now. The message names the address and why. */
final class UnavailableException extends IOException {
  private final int status;
  private final boolean passing;
  private final Duration retryAfter;

  private UnavailableException(String message, int status, boolean passing, Duration retryAfter) {
    super(message);
    this.status = status;
    this.passing = passing;
    this.retryAfter = retryAfter;
  }

  static UnavailableException answered(URI uri, Reply reply) {
    return new UnavailableException(
        "%s: the server answered %d".formatted(uri, reply.status()),
        reply.status(),
        reply.isPassing(),
        reply.retryAfter());
  }

  /** The connection was cut, or none came about. */
  static UnavailableException broken(URI uri, String how) {
    return new UnavailableException(uri + ": " + how, 0, true, Duration.ZERO);
  }

  /**
   * A failure of Java's HTTP client.
   *
   * @param reached whether the server has answered before; if not, waiting is of no use
   */
  static UnavailableException of(URI uri, IOException cause, boolean reached) {
    boolean passing = reached || !(cause instanceof ConnectException);
    UnavailableException failure =
        new UnavailableException(uri + ": " + reason(uri, cause), 0, passing, Duration.ZERO);
    failure.initCause(cause);
    return failure;
  }

  private static String reason(URI uri, IOException cause) {
    boolean unresolved =
        Stream.iterate((Throwable) cause, Objects::nonNull, Throwable::getCause)
            .anyMatch(
                e -> e instanceof UnresolvedAddressException || e instanceof UnknownHostException);
    if (unresolved) {
      return "no address is found for " + uri.getHost();
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return "no connection in time";
    }
    if (cause instanceof HttpTimeoutException) {
      return "no answer in time";
    }
    if (cause instanceof ConnectException) {
      return "no connection";
    }
    if (cause instanceof SSLException) {
      return "no secure connection (%s)".formatted(cause.getMessage());
    }
    return "the connection was cut (%s)".formatted(cause.getMessage());
  }

  /** HTTP's status, 0 without an answer. */
  int status() {
    return status;
  }

  /** Whether another try may do better. */
  boolean isPassing() {
    return passing;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
