package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.report.Report;
import dev.pixelprobe.eval.report.Summary;
import dev.pixelprobe.eval.report.history.RunHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Pages over all runs of a folder, and whether the latest got worse. */
@Command(
    name = "report",
    description =
        "Make a report over all runs of a folder: pages that open from disk, what changed from run"
            + " to run, and a summary for scripts.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReportCommand implements Callable<Integer> {
  private static final int REGRESSED = 1;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      required = true,
      description = "a folder of runs, each as `pixelprobe run` leaves it")
  private Path runs;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "where index.html is to be; an older report is replaced")
  private Path out;

  @Mixin private RegressionOptions regression = new RegressionOptions();

  @Override
  public Integer call() throws IOException {
    ReportDirectory.checked(out);
    Report.Options options =
        regression.resolve(Instant.now().truncatedTo(ChronoUnit.SECONDS), new Version().number());
    RunHistory history = RunHistory.read(runs);
    Report report = Report.of(history, options);
    ReportDirectory.fill(out, report::writeTo);
    Summary summary = report.summary();
    System.out.printf("report: %s%n", out.resolve("index.html"));
    if (!summary.unread().isEmpty()) {
      System.out.printf("not in it: %d folders, which the report names%n", summary.unread().size());
    }
    return regression.fails(summary) ? REGRESSED : 0;
  }
}
