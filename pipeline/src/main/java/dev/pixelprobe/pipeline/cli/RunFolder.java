package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.report.RunReport;
import dev.pixelprobe.eval.results.JsonFile;
import dev.pixelprobe.eval.results.Results;
import dev.pixelprobe.model.AsideDirectory;
import java.io.IOException;
import java.nio.file.Path;

/** The folder that a benchmark leaves: results.json, run.log and what its stages write. */
final class RunFolder {
  /** A benchmark. */
  @FunctionalInterface
  interface Benchmark {
    Results run(Path dir) throws IOException;
  }

  private RunFolder() {}

  /**
   * Runs a benchmark and shows its results. The folder appears when it has ended; a failed one
   * leaves nothing.
   *
   * @return what it came to
   */
  static Results fill(Path target, Benchmark benchmark) throws IOException {
    try (AsideDirectory aside = AsideDirectory.of(target)) {
      Results results;
      try (RunLog log = RunLog.to(aside.path().resolve("run.log"))) {
        results = benchmark.run(aside.path());
      }
      JsonFile.write(aside.path().resolve("results.json"), results);
      RunReport.write(aside.path(), target.toAbsolutePath().normalize().getFileName().toString());
      aside.publish();
      System.out.print(ResultsTable.of(results));
      System.out.printf("%nresults: %s%n", target.resolve("results.json"));
      return results;
    }
  }
}
