package dev.pixelprobe.eval.report;

import dev.pixelprobe.eval.distance.Interval;
import dev.pixelprobe.eval.report.change.FigureChange;
import dev.pixelprobe.eval.report.change.Gate;
import dev.pixelprobe.eval.report.change.RunComparison;
import dev.pixelprobe.eval.report.change.Trend;
import dev.pixelprobe.eval.report.history.Figure;
import dev.pixelprobe.eval.report.history.Run;
import dev.pixelprobe.eval.report.history.RunHistory;
import dev.pixelprobe.eval.report.history.Unread;
import dev.pixelprobe.eval.report.section.Numbers;
import dev.pixelprobe.eval.significance.Difference;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A report in numbers, as in summary.json.
 *
 * @param schema {@link #SCHEMA}
 * @param generated ISO 8601, UTC
 * @param alpha share of comparisons that may flag what is chance
 * @param regressed whether a figure is worse beyond chance and beyond the gate's tolerance
 * @param runs how many could be read
 * @param unread what could not
 * @param latest the last run of each model and data set
 */
public record Summary(
    String schema,
    String generated,
    double alpha,
    boolean regressed,
    int runs,
    List<Skipped> unread,
    List<Latest> latest) {
  /** The name and version of this layout. */
  public static final String SCHEMA = "pixelprobe/report/1";

  /** A folder that could not be shown. */
  public record Skipped(String name, String reason, String detail) {}

  /**
   * The last run of a model on a data set.
   *
   * @param variant what sets it apart from others of the two; null if nothing does
   * @param comparedWith the run before, or the baseline; null for a single run
   * @param notes what else differs between the two
   */
  public record Latest(
      String model,
      String dataset,
      @Nullable String variant,
      String run,
      @Nullable String comparedWith,
      List<String> notes,
      List<Line> figures) {}

  /**
   * A figure.
   *
   * @param text value for people, with its unit
   * @param verdict regression, improvement, change, noise or not_compared; null where there was
   *     nothing to compare with, as all that follows
   * @param fails whether the gate closes on it
   */
  public record Line(
      String figure,
      double value,
      @Nullable Interval ci95,
      String text,
      @Nullable Double before,
      @Nullable Double difference,
      @Nullable Interval differenceCi95,
      @Nullable String differenceText,
      @Nullable String test,
      @Nullable Double pAdjusted,
      @Nullable String verdict,
      boolean fails) {}

  static Summary of(RunHistory history, List<Trend> trends, Report.Options options) {
    List<Latest> latest = trends.stream().map(trend -> latest(trend, options.gate())).toList();
    return new Summary(
        SCHEMA,
        options.generated().toString(),
        options.alpha(),
        latest.stream().flatMap(l -> l.figures().stream()).anyMatch(Line::fails),
        history.runs().size(),
        history.unread().stream().map(Summary::skipped).toList(),
        latest);
  }

  private static Skipped skipped(Unread unread) {
    return new Skipped(unread.name(), unread.reason().label(), unread.detail());
  }

  private static Latest latest(Trend trend, Gate gate) {
    Run run = trend.last();
    RunComparison comparison = trend.latest();
    List<FigureChange> failing = comparison == null ? List.of() : gate.failing(comparison);
    return new Latest(
        run.subject().model(),
        run.subject().dataset(),
        run.subject().variant(),
        run.name(),
        comparison == null ? null : comparison.before().name(),
        comparison == null ? List.of() : comparison.notes(),
        run.figures().stream().map(figure -> line(figure, comparison, failing)).toList());
  }

  private static Line line(
      Figure figure, @Nullable RunComparison comparison, List<FigureChange> failing) {
    FigureChange change = comparison == null ? null : comparison.of(figure.label()).orElse(null);
    if (change == null) {
      return new Line(
          figure.label(),
          figure.value(),
          figure.ci95(),
          Numbers.of(figure),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          false);
    }
    Difference difference = change.difference();
    return new Line(
        figure.label(),
        figure.value(),
        figure.ci95(),
        Numbers.of(figure),
        change.before().value(),
        difference == null ? null : difference.value(),
        difference == null ? null : difference.ci95(),
        difference == null ? null : Numbers.difference(change),
        difference == null ? null : difference.test(),
        change.adjustedP(),
        change.verdict().name().toLowerCase(Locale.ROOT),
        failing.contains(change));
  }
}
