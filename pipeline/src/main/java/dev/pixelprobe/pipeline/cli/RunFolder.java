package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.report.RunReport;
import dev.pixelprobe.eval.results.JsonFile;
import dev.pixelprobe.eval.results.Results;
import dev.pixelprobe.pipeline.storage.Filling;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;

/** The folder that a benchmark leaves: results.json, run.log and what its stages write. */
final class RunFolder {
  private static final String RESULTS = "results.json";

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
      }
      JsonFile.write(folder.path().resolve(RESULTS), results);
      folder.fetch(RunsToRead::isRead);
      RunReport.write(folder.path(), target.name());
      folder.publish(RESULTS);
      System.out.print(ResultsTable.of(results));
      System.out.printf("%nresults: %s%n", target.resolve(RESULTS));
      return results;
    }
  }
}
