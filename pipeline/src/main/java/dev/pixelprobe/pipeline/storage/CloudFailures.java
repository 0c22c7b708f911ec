package dev.pixelprobe.pipeline.storage;

import com.google.cloud.storage.StorageException;
import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;

/** What Cloud Storage refuses, in one line: which object, why, and what to do. */
final class CloudFailures {
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private CloudFailures() {}

  /** A request to Cloud Storage. */
  @FunctionalInterface
  interface Request<T> {
    T send() throws IOException;
  }

  /**
   * The answer to a request.
   *
   * @param path what it is about
   * @throws InvalidInputException if there is no such bucket or object
   * @throws IOException if Cloud Storage refuses, or cannot be reached
   */
  static <T> T inWords(CloudPath path, Request<T> request) throws IOException {
    try {
      return request.send();
    } catch (StorageException e) {
      throw described(path, e);
    }
  }

  static IOException described(CloudPath path, StorageException e) {
    return switch (e.getCode()) {
      case NOT_FOUND ->
          throw new InvalidInputException(
              "%s: expected a bucket %s with it, got none (404); check both names"
                  .formatted(path, path.bucket()),
              e);
      case UNAUTHORIZED ->
          new IOException(
              "%s: Cloud Storage does not accept the credentials (401); gcloud auth application-default login"
                  .formatted(path),
              e);
      case FORBIDDEN ->
          new IOException(
              "%s: permission denied (403); grant roles/storage.objectUser on bucket %s, or to read only roles/storage.objectViewer"
                  .formatted(path, path.bucket()),
              e);
      default ->
          new IOException(
              "%s: Cloud Storage cannot be reached or fails: %s; try again later, or check the network and the endpoint"
                  .formatted(path, reason(e)),
              e);
    };
  }

  private static String reason(StorageException e) {
    String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return e.getCode() > 0 && !message.contains(String.valueOf(e.getCode()))
        ? "%d %s".formatted(e.getCode(), message)
        : message;
  }
}
