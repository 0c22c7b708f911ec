package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.data.DeadLetterLimit;
import picocli.CommandLine.Option;

/** How many records may be unusable. */
final class DeadLetterOption {
  @Option(
      names = "--max-dead-letters",
      paramLabel = "SHARE",
      defaultValue = "0.01",
      description = "largest share of unusable records before the run fails; default 0.01")
  private double share = 0.01;

  DeadLetterLimit limit() {
    if (!(share >= 0 && share <= 1)) {
      throw new InvalidInputException("--max-dead-letters: expected a share of 0..1, got " + share);
    }
    return new DeadLetterLimit(share);
  }

  /** Says that records were left out, if any were. */
  static void warn(int deadLetters) {
    if (deadLetters > 0) {
      System.err.printf("warning: %,d records could not be used and are left out%n", deadLetters);
    }
  }
}
