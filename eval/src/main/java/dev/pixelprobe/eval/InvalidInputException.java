package dev.pixelprobe.eval;

/**
 * The user's input cannot be used. The message is one line: what, expected, got, where, what to do.
 */
public final class InvalidInputException extends RuntimeException {
  public InvalidInputException(String message) {
    super(message);
  }

  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
