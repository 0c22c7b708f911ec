package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.storage.Transfers.Shown;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Transfers as the user sees them: with progress, if they are long. */
final class TransferDisplay {
  private static final long MEGABYTE = 1_000_000;
  private static final long LONG_BYTES = 32 * MEGABYTE;

  private TransferDisplay() {}

  static Shown begin(String task, long bytes, LongSupplier done) {
    if (bytes < LONG_BYTES) {
      return () -> {};
    }
    ProgressLine line =
        new ProgressLine(
            task, "MB", OptionalLong.of(bytes / MEGABYTE), () -> done.getAsLong() / MEGABYTE);
    return line::close;
  }
}
