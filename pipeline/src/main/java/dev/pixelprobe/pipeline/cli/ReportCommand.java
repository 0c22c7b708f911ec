package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.report.Report;
import dev.pixelprobe.eval.report.Summary;
import dev.pixelprobe.eval.report.history.RunHistory;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
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
      paramLabel = "DIR|gs://..",
      required = true,
      description = "a folder of runs, each as `pixelprobe run` leaves it")
  private Source runs;

  @Option(
      names = "--out",
      paramLabel = "DIR|gs://..",
      required = true,
      description = "where index.html is to be; an older report is replaced")
  private Target out;

  @Mixin private RegressionOptions regression = new RegressionOptions();

  @Override
  public Integer call() throws IOException {
    ReportDirectory.checked(out);
    Report.Options options =
        regression.resolve(Instant.now().truncatedTo(ChronoUnit.SECONDS), new Version().number());
    RunHistory history = RunHistory.read(runs.local(RunsToRead::of));
    Report report = Report.of(history, options);
    Target summaryFile = ReportDirectory.fill(out, report::writeTo).resolve("summary.json");
    Summary summary = report.summary();
    System.out.printf("report: %s%n", out.resolve("index.html"));
    if (out.isCloud()) {
      System.out.printf("summary: %s%n", summaryFile);
    }
    if (!summary.unread().isEmpty()) {
      System.out.printf("not in it: %d folders, which the report names%n", summary.unread().size());
    }
    return regression.fails(summary) ? REGRESSED : 0;
  }
}
