package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.report.RunReport;
import dev.pixelprobe.eval.results.JsonFile;
import dev.pixelprobe.eval.results.Results;
import dev.pixelprobe.pipeline.storage.Filling;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that a benchmark leaves: results.json, run.log and what its stages write. */
final class RunFolder {
  private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);
  static final String RESULTS = "results.json";

  /** A benchmark. */
  @FunctionalInterface
  interface Benchmark {
    Results run(Filling folder) throws IOException;
  }

  private RunFolder() {}

  /**
   * Runs a benchmark and shows its results. The folder appears when it has ended; a failed one
   * leaves nothing.
   *
   * @return what it came to
   */
  static Results fill(Target target, Benchmark benchmark) throws IOException {
    try (Filling folder = Filling.of(target)) {
      Results results;
      try (RunLog log = RunLog.to(folder.path().resolve("run.log"))) {
        results = benchmark.run(folder);
        JsonFile.write(folder.path().resolve(RESULTS), results);
        writePage(folder, target.name());
      }
      folder.publish(RESULTS);
      System.out.print(ResultsTable.of(results));
      System.out.printf("%nresults: %s%n", target.resolve(RESULTS));
      return results;
    }
  }

  /** Results that have taken hours are not lost with their page. */
  private static void writePage(Filling folder, String name) {
    try {
      folder.fetch(RunsToRead::isRead);
      RunReport.write(folder.path(), name);
    } catch (IOException | RuntimeException e) {
      LOG.warn("{}", RunReport.FILE, e);
      System.err.printf(
          "warning: %s: not written: %s%n", RunReport.FILE, Failures.oneLine(e.getMessage()));
    }
  }
}
