package dev.pixelprobe.pipeline.cli;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.results.Results;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a suite.
 *
 * @param schema {@value #SCHEMA}
 * @param started ISO 8601, UTC
 * @param finished when the last of its cells ended; null before
 * @param failed how many cells failed
 */
record SuiteRecord(
    String schema,
    String suite,
    String started,
    @Nullable String finished,
    int failed,
    List<CellRecord> cells) {
  static final String SCHEMA = "pixelprobe/suite/1";

  /** How far a cell is. */
  enum Status {
    PENDING,
    DONE,
    FAILED;

    @JsonValue
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A cell.
   *
   * @param command that does it alone
   * @param run name of its folder among the runs; null before it began, and if it failed
   * @param best the best probe and its test accuracy; null until it is done, or without probes
   * @param reason why it failed, in a line; null if it did not
   */
  record CellRecord(
      String cell,
      String command,
      Status status,
      @Nullable String run,
      @Nullable String best,
      @Nullable String reason) {
    CellRecord {
      Objects.requireNonNull(command, "command");
      Objects.requireNonNull(status, "status");
    }

    static CellRecord pending(String cell, String command) {
      return new CellRecord(cell, command, Status.PENDING, null, null, null);
    }

    /** Its folder will be this one. */
    CellRecord begun(String folder) {
      return new CellRecord(cell, command, Status.PENDING, folder, null, null);
    }

    CellRecord done(String folder, Results results) {
      return new CellRecord(cell, command, Status.DONE, folder, best(results.bestProbe()), null);
    }

    private static @Nullable String best(@Nullable ProbeResult best) {
      return best == null
          ? null
          : String.format(
              Locale.ROOT,
              "%s %.2f%% [%.2f, %.2f]",
              best.subject().label(),
              100 * best.testAccuracy(),
              100 * best.testAccuracyCi95().lower(),
              100 * best.testAccuracyCi95().upper());
    }

    CellRecord failed(String why) {
      return new CellRecord(cell, command, Status.FAILED, null, null, why);
    }
  }

  SuiteRecord {
    Objects.requireNonNull(suite, "suite");
    cells = List.copyOf(cells);
  }

  boolean isDone() {
    return cells.stream().allMatch(cell -> cell.status() == Status.DONE);
  }
}
