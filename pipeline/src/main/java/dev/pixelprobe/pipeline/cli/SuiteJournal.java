package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.results.JsonFile;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.cli.SuiteRecord.CellRecord;
import dev.pixelprobe.pipeline.cli.SuiteRecord.Status;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import dev.pixelprobe.pipeline.suite.Cell;
import dev.pixelprobe.pipeline.suite.Suite;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a suite is, in a file among its runs: {@code 20260131T120000Z-weekly.suite.json}. It is
 * written anew before and after each cell, so that what ends the program loses the current cell
 * alone, and that only if its folder is not there yet.
 */
final class SuiteJournal {
  private static final String SUFFIX = ".suite.json";

  private final Target file;
  private final String suite;
  private final String started;
  private final List<CellRecord> cells;

  private SuiteJournal(Target file, String suite, String started, List<CellRecord> cells) {
    this.file = file;
    this.suite = suite;
    this.started = started;
    this.cells = new ArrayList<>(cells);
  }

  /** A new one, with everything still to be done. */
  static SuiteJournal begin(Target runs, Suite suite) throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Target file = created(runs, RunPlace.time(now), suite.name());
    SuiteJournal journal =
        new SuiteJournal(
            file,
            suite.name(),
            now.toString(),
            suite.cells().stream().map(SuiteJournal::pending).toList());
    journal.write();
    return journal;
  }

  private static Target created(Target runs, String time, String suite) throws IOException {
    for (int i = 1; ; i++) {
      String name = i == 1 ? time : time + "-" + i;
      Target file = runs.resolve(name + "-" + suite + SUFFIX);
      if (file.create()) { // else it is that of another call of this second
        return file;
      }
    }
  }

  /**
   * The last one of a suite, of which cells that are done stay done if the suite still has them.
   *
   * @throws InvalidInputException if there is none, or all of it is done
   */
  static SuiteJournal resume(Target runs, Suite suite) throws IOException {
    Target file =
        latest(runs, suite.name())
            .orElseThrow(() -> nothing(runs, suite.name(), "none; leave the flag out"));
    SuiteRecord last = JsonFile.read(Source.of(file.typed()).local(), SuiteRecord.class);
    Map<String, CellRecord> done = done(last.cells(), runs);
    List<CellRecord> cells =
        suite.cells().stream()
            .map(SuiteJournal::pending)
            .map(cell -> done.getOrDefault(cell.command(), cell))
            .toList();
    if (last.finished() != null && cells.stream().allMatch(cell -> cell.status() == Status.DONE)) {
      throw nothing(runs, suite.name(), "that of %s, which is done".formatted(last.started()));
    }
    return new SuiteJournal(file, suite.name(), last.started(), cells);
  }

  private static Map<String, CellRecord> done(List<CellRecord> cells, Target runs)
      throws IOException {
    Map<String, CellRecord> done = new HashMap<>();
    for (CellRecord cell : cells) {
      CellRecord settled = settled(cell, runs);
      if (settled.status() == Status.DONE) {
        done.putIfAbsent(settled.command(), settled);
      }
    }
    return done;
  }

  /** A run that is whole is done, though the program ended before that was written down. */
  private static CellRecord settled(CellRecord cell, Target runs) throws IOException {
    String run = cell.run();
    if (cell.status() != Status.PENDING || run == null) {
      return cell;
    }
    Target results = runs.resolve(run).resolve(RunFolder.RESULTS);
    return results.exists()
        ? cell.done(run, JsonFile.readResults(Source.of(results.typed()).local()))
        : cell;
  }

  private static Optional<Target> latest(Target runs, String suite) throws IOException {
    String name = "\\d{8}T\\d{6}Z(-\\d+)?-" + suite + SUFFIX.replace(".", "\\.");
    return runs.names().stream()
        .filter(file -> file.matches(name))
        .max(Comparator.naturalOrder())
        .map(runs::resolve);
  }

  private static InvalidInputException nothing(Target runs, String suite, String got) {
    return new InvalidInputException(
        "--resume: expected an unfinished call for the suite %s in %s, got %s"
            .formatted(suite, runs, got));
  }

  private static CellRecord pending(Cell cell) {
    return CellRecord.pending(
        cell.label(), new Invocation(List.of(), List.of()).ofRun(cell.arguments()).commandLine());
  }

  List<CellRecord> cells() {
    return List.copyOf(cells);
  }

  CellRecord cell(int number) {
    return cells.get(number);
  }

  /** Writes down what became of a cell. */
  void set(int number, CellRecord cell) throws IOException {
    cells.set(number, cell);
    write();
  }

  /** Writes down that no cell is left. */
  SuiteRecord finish() throws IOException {
    SuiteRecord whole = record(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    JsonOutput.write(file, whole);
    return whole;
  }

  private void write() throws IOException {
    JsonOutput.write(file, record(null));
  }

  private SuiteRecord record(@Nullable String finished) {
    int failed = (int) cells.stream().filter(cell -> cell.status() == Status.FAILED).count();
    return new SuiteRecord(SuiteRecord.SCHEMA, suite, started, finished, failed, cells);
  }
}
