package dev.pixelprobe.eval.report.section;

import dev.pixelprobe.eval.distance.Interval;
import dev.pixelprobe.eval.report.change.FigureChange;
import dev.pixelprobe.eval.report.change.RunComparison;
import dev.pixelprobe.eval.report.change.Trend;
import dev.pixelprobe.eval.report.change.Verdict;
import dev.pixelprobe.eval.report.chart.Ink;
import dev.pixelprobe.eval.report.chart.Line;
import dev.pixelprobe.eval.report.chart.LineChart;
import dev.pixelprobe.eval.report.history.Figure;
import dev.pixelprobe.eval.report.history.Run;
import dev.pixelprobe.eval.report.page.Block;
import dev.pixelprobe.eval.report.page.Block.Cell;
import dev.pixelprobe.eval.report.page.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The runs of one model on one data set over time. */
final class TrendSection {
  private static final int UNFOLDED = 12;
  private static final int MOST_COLUMNS = 6;

  private final Trend trend;
  private final Function<Run, String> pages;
  private final List<String> headlines;

  private TrendSection(Trend trend, Function<Run, String> pages) {
    this.trend = trend;
    this.pages = pages;
    this.headlines =
        trend.runs().stream()
            .flatMap(run -> Headline.figures(run).stream())
            .map(Figure::label)
            .distinct()
            .toList();
  }

  /**
   * The section.
   *
   * @param pages where each run's page is, seen from this one
   */
  static Section of(String id, Trend trend, Function<Run, String> pages) {
    return new TrendSection(trend, pages).section(id);
  }

  private Section section(String id) {
    List<Block> blocks = new ArrayList<>();
    RunComparison latest = trend.latest();
    if (latest != null) {
      blocks.addAll(Changes.of(latest));
      headlines.forEach(label -> chart(label).ifPresent(blocks::add));
      blocks.add(new Block.Folded("Every figure in the latest runs", everyFigure()));
    }
    Block.Table runs = runs();
    blocks.add(
        runs.rows().size() > UNFOLDED
            ? new Block.Folded("All %d runs".formatted(runs.rows().size()), runs)
            : runs);
    return new Section(id, trend.last().subject().label(), blocks);
  }

  private Optional<Block> chart(String label) {
    List<Line.Point> points = new ArrayList<>();
    for (Run run : trend.runs()) {
      figure(run, label).ifPresent(figure -> points.add(point(run, figure)));
    }
    if (points.size() < 2) {
      return Optional.empty();
    }
    List<Line> lines = new ArrayList<>();
    lines.add(new Line(label, Ink.FIRST, Line.Look.CURVE, points));
    marks(label, "better", Ink.BETTER, Verdict.IMPROVEMENT).ifPresent(lines::add);
    marks(label, "worse", Ink.WORSE, Verdict.REGRESSION).ifPresent(lines::add);
    marks(label, "changed", Ink.TEXT, Verdict.CHANGE).ifPresent(lines::add);
    boolean share = figure(trend.last(), label).orElse(null) instanceof Figure.Accuracy;
    LineChart chart =
        new LineChart(
            "start of the run, UTC",
            LineChart.Scale.TIME,
            share ? LineChart.Scale.SHARE : LineChart.Scale.NUMBER,
            lines);
    return Optional.of(
        Block.Chart.of(
            title(label, share) + " over time, with 95% intervals",
            alternative(label, points.size()),
            chart));
  }

  private static String title(String label, boolean share) {
    return share ? "Test accuracy of the " + label : label;
  }

  private static Line.Point point(Run run, Figure figure) {
    Interval interval = figure.ci95();
    double millis = (double) run.started().toEpochMilli();
    return interval == null
        ? Line.Point.of(millis, figure.value())
        : new Line.Point(millis, figure.value(), interval.lower(), interval.upper());
  }

  private Optional<Line> marks(String label, String name, Ink ink, Verdict verdict) {
    List<Line.Point> points = new ArrayList<>();
    for (RunComparison step : trend.steps()) {
      step.of(label)
          .filter(change -> change.verdict() == verdict)
          .ifPresent(change -> points.add(point(step.after(), change.after())));
    }
    return points.isEmpty()
        ? Optional.empty()
        : Optional.of(new Line(name + ", beyond chance", ink, Line.Look.MARKS, points));
  }

  private String alternative(String label, int points) {
    long flagged =
        trend.steps().stream()
            .flatMap(step -> step.of(label).stream())
            .filter(change -> change.verdict().flagged())
            .count();
    Optional<Figure> last = figure(trend.last(), label);
    return "%s in %d runs, now %s; %d changes beyond chance. The numbers are in the table of runs."
        .formatted(label, points, last.map(Numbers::of).orElse("absent"), flagged);
  }

  private Block.Table runs() {
    List<String> columns = new ArrayList<>(List.of("run", "started"));
    columns.addAll(headlines);
    columns.add("beside the run before");
    List<List<Cell>> rows = new ArrayList<>();
    for (int i = trend.runs().size() - 1; i >= 0; i--) {
      Run run = trend.runs().get(i);
      List<Cell> row = new ArrayList<>();
      row.add(Cell.of(run.name()).to(pages.apply(run)));
      row.add(Cell.of(run.started().toString()));
      Map<String, Figure> figures = byLabel(run);
      for (String label : headlines) {
        row.add(cell(figures, label, i));
      }
      row.add(i == 0 ? Cell.of("–") : found(trend.steps().get(i - 1)));
      rows.add(row);
    }
    return new Block.Table(
        "All runs of %s, the latest first".formatted(trend.last().subject().label()),
        columns,
        rows);
  }

  private static Cell found(RunComparison step) {
    String verdicts =
        step.flagged().stream()
            .map(FigureChange::verdict)
            .distinct()
            .sorted()
            .map(Verdict::label)
            .collect(Collectors.joining(", "));
    return Cell.of(verdicts.isEmpty() ? Verdict.NOISE.label() : verdicts).in(Changes.tone(step));
  }

  private Block.Table everyFigure() {
    int from = Math.max(0, trend.runs().size() - MOST_COLUMNS);
    List<Run> shown = trend.runs().subList(from, trend.runs().size());
    List<String> columns = new ArrayList<>(List.of("figure"));
    shown.forEach(run -> columns.add(run.name()));
    List<Map<String, Figure>> figures = shown.stream().map(TrendSection::byLabel).toList();
    List<List<Cell>> rows = new ArrayList<>();
    for (String label : figures.stream().flatMap(m -> m.keySet().stream()).distinct().toList()) {
      List<Cell> row = new ArrayList<>(List.of(Cell.of(label)));
      for (int i = 0; i < shown.size(); i++) {
        row.add(cell(figures.get(i), label, from + i));
      }
      rows.add(row);
    }
    return new Block.Table(
        "The latest %d runs; coloured where a figure changed beyond chance".formatted(shown.size()),
        columns,
        rows);
  }

  /** A figure of the i-th run, in the colour of what became of it. */
  private Cell cell(Map<String, Figure> figures, String label, int i) {
    Figure figure = figures.get(label);
    if (figure == null) {
      return Cell.of("–");
    }
    Cell cell = Cell.of(Numbers.of(figure) + "\n" + Numbers.interval(figure));
    return i == 0
        ? cell
        : trend
            .steps()
            .get(i - 1)
            .of(label)
            .filter(change -> change.verdict().flagged())
            .map(change -> cell.in(Changes.tone(change.verdict())))
            .orElse(cell);
  }

  private static Map<String, Figure> byLabel(Run run) {
    return run.figures().stream()
        .collect(
            Collectors.toMap(Figure::label, figure -> figure, (a, b) -> a, LinkedHashMap::new));
  }

  private static Optional<Figure> figure(Run run, String label) {
    return run.figures().stream().filter(figure -> figure.label().equals(label)).findFirst();
  }
}
