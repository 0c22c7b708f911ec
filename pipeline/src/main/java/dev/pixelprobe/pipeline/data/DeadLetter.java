package dev.pixelprobe.pipeline.data;

/**
 * A record that could not be used.
 *
 * @param shard file the record is in
 * @param record its number in that file, from 0
 * @param reason one line
 */
public record DeadLetter(String shard, long record, String reason) {

  static DeadLetter cutShort(String shard, long record, long expectedBytes, long bytes) {
    return new DeadLetter(
        shard,
        record,
        "expected a record of %d bytes, got %d: the file was cut; copy it again"
            .formatted(expectedBytes, bytes));
  }
}
