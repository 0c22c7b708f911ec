package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.report.Report;
import dev.pixelprobe.eval.report.Summary;
import dev.pixelprobe.eval.report.change.Gate;
import dev.pixelprobe.model.InvalidInputException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** When a change counts, and what a regression does. */
final class RegressionOptions {
  @Option(
      names = "--fail-on-regression",
      description =
          "exit with 1 if the latest run of a model on a data set is worse than the one before, by"
              + " more than chance and by at least the --min-.. below")
  private boolean failOnRegression;

  @Option(
      names = "--baseline",
      paramLabel = "RUN",
      description =
          "the name of a run's folder: compare the latest run of its model and data set with it;"
              + " may be given more than once")
  private List<String> baselines = List.of();

  @Option(
      names = "--alpha",
      paramLabel = "P",
      defaultValue = "0.05",
      description =
          "share of comparisons that may flag what is chance, over all figures of two runs"
              + " (default: ${DEFAULT-VALUE})")
  private double alpha;

  @Option(
      names = "--min-accuracy-drop",
      paramLabel = "POINTS",
      defaultValue = "0",
      description =
          "smallest fall of an accuracy that fails, in points (default: ${DEFAULT-VALUE})")
  private double accuracyDrop;

  @Option(
      names = "--min-nats-rise",
      paramLabel = "NATS",
      defaultValue = "0",
      description = "smallest rise of nats per token that fails (default: ${DEFAULT-VALUE})")
  private double natsRise;

  @Option(
      names = "--min-distance-change",
      paramLabel = "PERCENT",
      defaultValue = "0",
      description =
          "smallest change for the worse of a distance that fails (default: ${DEFAULT-VALUE})")
  private double distanceChange;

  Report.Options resolve(Instant generated, String version) {
    if (!(alpha > 0 && alpha < 1)) {
      throw new InvalidInputException(
          "--alpha: expected a number above 0 and below 1, got " + alpha);
    }
    Gate gate =
        new Gate(
            notNegative("--min-accuracy-drop", accuracyDrop) / 100,
            notNegative("--min-nats-rise", natsRise),
            notNegative("--min-distance-change", distanceChange) / 100);
    return new Report.Options(baselines, alpha, gate, generated, version);
  }

  private static double notNegative(String flag, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new InvalidInputException("%s: expected 0 or more, got %s".formatted(flag, value));
    }
    return value;
  }

  /** Whether the report is to fail; says what got worse. */
  boolean fails(Summary summary) {
    if (!summary.regressed()) {
      return false;
    }
    String worse =
        summary.latest().stream()
            .flatMap(
                latest ->
                    latest.figures().stream()
                        .filter(Summary.Line::fails)
                        .map(
                            figure ->
                                "%s on %s, %s %s"
                                    .formatted(
                                        latest.model(),
                                        latest.dataset(),
                                        figure.figure(),
                                        figure.differenceText())))
            .map(line -> line.replaceAll("\\p{Cntrl}", " "))
            .collect(Collectors.joining("; "));
    System.err.println((failOnRegression ? "error: worse: " : "warning: worse: ") + worse);
    return failOnRegression;
  }
}
