package dev.pixelprobe.eval.report.section;

import dev.pixelprobe.eval.report.change.RunComparison;
import dev.pixelprobe.eval.report.history.Figure;
import dev.pixelprobe.eval.report.history.Metric;
import dev.pixelprobe.eval.report.history.Run;
import dev.pixelprobe.eval.report.page.Block;
import dev.pixelprobe.eval.report.page.Block.Card;
import dev.pixelprobe.eval.report.page.Block.Tone;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A run in one glance. */
final class Headline {
  private Headline() {}

  /** The figures that stand for a run: the best layer, the loss, distances of samples. */
  static List<Figure> figures(Run run) {
    return run.figures().stream().filter(Headline::isOne).toList();
  }

  private static boolean isOne(Figure figure) {
    return !(figure instanceof Figure.Accuracy accuracy) || accuracy.part() == Figure.Part.BEST;
  }

  /** One card for each of them. */
  static Block.Cards of(Run run, Optional<RunComparison> step) {
    return new Block.Cards(
        figures(run).stream()
            .map(
                figure ->
                    new Card(
                        title(figure),
                        "",
                        Numbers.of(figure),
                        "95% interval " + Numbers.interval(figure),
                        tone(figure, step),
                        note(figure, step)))
            .toList());
  }

  private static String title(Figure figure) {
    return figure instanceof Figure.Accuracy accuracy
        ? "Best layer: " + accuracy.column()
        : figure.label();
  }

  private static String shortLabel(Figure figure) {
    return figure instanceof Figure.Measure measure
        ? Metric.name(measure.metric(), measure.extractor())
        : figure.label();
  }

  private static Tone tone(Figure figure, Optional<RunComparison> step) {
    return step.flatMap(s -> s.of(figure.label()))
        .map(change -> Changes.tone(change.verdict()))
        .orElse(Tone.PLAIN);
  }

  private static String note(Figure figure, Optional<RunComparison> step) {
    return step.flatMap(s -> s.of(figure.label()))
        .filter(change -> change.difference() != null)
        .map(change -> Numbers.difference(change) + ", " + change.verdict().label())
        .orElse("");
  }

  /** One card for the whole run. */
  static Card card(Run run, String href, Optional<RunComparison> step) {
    List<Figure> figures = figures(run);
    String value = figures.isEmpty() ? "–" : Numbers.of(figures.get(0));
    Stream<String> first = figures.stream().limit(1).map(Headline::title);
    Stream<String> others =
        figures.stream().skip(1).map(figure -> shortLabel(figure) + " " + Numbers.of(figure));
    return new Card(
        run.subject().label(),
        href,
        value,
        String.join("; ", Stream.concat(first, others).toList()),
        step.map(Changes::tone).orElse(Tone.PLAIN),
        step.map(Changes::sentence).orElse("The first run."));
  }
}
