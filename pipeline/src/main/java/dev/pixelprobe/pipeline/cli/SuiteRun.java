package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.cli.SuiteRecord.CellRecord;
import dev.pixelprobe.pipeline.cli.SuiteRecord.Status;
import dev.pixelprobe.pipeline.storage.Target;
import dev.pixelprobe.pipeline.suite.Cell;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** A suite, cell after cell. What a cell extracts, a later one finds in the user's cache. */
final class SuiteRun {
  private static final int DONE = 0;
  private static final int FAILED = 1;

  private final String suite;
  private final Invocation invocation;
  private final Target runs;

  /** Throws InvalidInputException for options that Beam does not know. */
  SuiteRun(String suite, Invocation invocation, Target runs) throws IOException {
    BeamOptions.of(invocation.beam());
    this.suite = suite;
    this.invocation = invocation;
    this.runs = runs;
  }

  /**
   * Runs what the journal does not say to be done.
   *
   * @param summary where to leave what became of it; null for nowhere
   * @return the exit code
   */
  int run(List<Cell> cells, SuiteJournal journal, @Nullable Target summary) throws IOException {
    System.out.print(SuiteTable.plan(suite, runs, journal.cells()));
    for (int i = 0; i < cells.size(); i++) {
      CellRecord cell = journal.cell(i);
      if (cell.status() != Status.DONE) {
        System.out.printf("%n%d of %d: %s%n%n", i + 1, cells.size(), cell.cell());
        journal.set(i, run(cells.get(i), i, journal));
      }
    }
    SuiteRecord whole = journal.finish();
    if (summary != null) {
      JsonOutput.write(summary, whole);
    }
    System.out.print(SuiteTable.of(whole, runs));
    return whole.isDone() ? DONE : FAILED;
  }

  /** Whatever goes wrong with a cell is no reason to leave out the next. */
  private CellRecord run(Cell cell, int number, SuiteJournal journal) {
    try {
      return filled(cell, number, journal);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      return journal.cell(number).failed(Failures.reported(cell.label(), e));
    }
  }

  private CellRecord filled(Cell cell, int number, SuiteJournal journal) throws IOException {
    BenchmarkCall call = BenchmarkCall.of(cell.arguments());
    RunOrigin origin =
        new RunOrigin(invocation.ofRun(cell.arguments()).commandLine(), cell.variant());
    PipelineOptions beam = call.options().extraction().pipelineOptions(invocation);
    Benchmark benchmark = Benchmark.begin(call.options(), call.typed(), origin, beam);
    try (RunPlace place = benchmark.placeIn(runs, suite)) {
      String folder = place.target().name();
      journal.set(number, journal.cell(number).begun(folder));
      return journal.cell(number).done(folder, benchmark.fill(place.target()));
    }
  }
}
