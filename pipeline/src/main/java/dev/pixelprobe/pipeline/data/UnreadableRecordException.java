package dev.pixelprobe.pipeline.data;

import org.jspecify.annotations.Nullable;

/** One record cannot be used, the others can: it becomes a dead letter. */
final class UnreadableRecordException extends Exception {
  private final String reason;

  UnreadableRecordException(String reason) {
    this(reason, null);
  }

  UnreadableRecordException(String reason, @Nullable Throwable cause) {
    super(reason, cause);
    this.reason = reason.replaceAll("\\s+", " ");
  }

  DeadLetter letter(String shard, long record) {
    return new DeadLetter(shard, record, reason);
  }
}
