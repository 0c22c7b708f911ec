package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.cli.SuiteRecord.CellRecord;
import dev.pixelprobe.pipeline.cli.SuiteRecord.Status;
import dev.pixelprobe.pipeline.storage.Target;
import java.util.List;
import java.util.Locale;

/** A suite as a terminal shows it: before, what is planned; after, what became of it. */
final class SuiteTable {
  private SuiteTable() {}

  static String plan(String suite, Target runs, List<CellRecord> cells) {
    StringBuilder text = new StringBuilder();
    text.append("suite %s: %s, to %s%n".formatted(suite, counted(cells.size()), runs));
    for (int i = 0; i < cells.size(); i++) {
      boolean done = cells.get(i).status() == Status.DONE;
      text.append("%4d  %s%s%n".formatted(i + 1, cells.get(i).cell(), done ? " (done)" : ""));
    }
    return text.toString();
  }

  static String of(SuiteRecord suite, Target runs) {
    long done = suite.cells().stream().filter(cell -> cell.status() == Status.DONE).count();
    int width = suite.cells().stream().mapToInt(cell -> cell.cell().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    text.append(
        "%nsuite %s: %d of %s done%s%n%n"
            .formatted(
                suite.suite(),
                done,
                counted(suite.cells().size()),
                suite.failed() == 0
                    ? ""
                    : ", %d failed; --resume tries those again".formatted(suite.failed())));
    for (CellRecord cell : suite.cells()) {
      String line = "%-" + width + "s  %-6s  %s";
      text.append(
          String.format(Locale.ROOT, line, cell.cell(), cell.status().label(), result(cell))
              .stripTrailing());
      text.append('\n');
    }
    text.append("%nruns: %s; `pixelprobe report --runs %s --out report`%n".formatted(runs, runs));
    return text.toString();
  }

  private static String result(CellRecord cell) {
    if (cell.status() == Status.FAILED) {
      return String.valueOf(cell.reason());
    }
    return (cell.best() == null ? "" : cell.best() + "  ") + cell.run();
  }

  private static String counted(int cells) {
    return cells == 1 ? "1 cell" : cells + " cells";
  }
}
