package dev.pixelprobe.eval;

import org.jspecify.annotations.Nullable;

/**
 * The user's input cannot be used. The message is one line: what, expected, got, where, what to do.
 */
public final class InvalidInputException extends RuntimeException {
  public InvalidInputException(String message) {
    super(message);
  }

  public InvalidInputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
