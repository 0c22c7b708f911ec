package dev.pixelprobe.eval.report.history;

import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.distance.Interval;
import dev.pixelprobe.eval.report.history.Figure.Part;
import dev.pixelprobe.eval.results.Generative;
import dev.pixelprobe.eval.results.Results;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What of a run's results is followed over time. */
final class Figures {
  /** The first of a label counts. */
  private final Map<String, Figure> byLabel = new LinkedHashMap<>();

  private Figures() {}

  static List<Figure> of(Results results) {
    Figures figures = new Figures();
    if (results.bestProbe() != null) {
      figures.add(Part.BEST, List.of(results.bestProbe()));
    }
    Generative generative = results.generative();
    if (generative != null) {
      int n = results.provenance().dataset().nTest();
      figures.add(new Figure.Nats(generative.natsPerToken(), generative.natsPerTokenStderr(), n));
    }
    results.distances().forEach(distance -> figures.add(measure(distance)));
    figures.add(Part.PROBE, results.probes());
    figures.add(Part.BASELINE, results.baselines());
    return List.copyOf(figures.byLabel.values());
  }

  private void add(Part part, Collection<ProbeResult> probes) {
    for (ProbeResult probe : probes) {
      Interval ci95 =
          new Interval(probe.testAccuracyCi95().lower(), probe.testAccuracyCi95().upper());
      add(
          new Figure.Accuracy(
              part,
              probe.subject().label(),
              probe.testAccuracy(),
              ci95,
              probe.nTest(),
              probe.folds() != null));
    }
  }

  private void add(Figure figure) {
    byLabel.putIfAbsent(figure.label(), figure);
  }

  private static Figure measure(Distance distance) {
    return new Figure.Measure(
        distance.metric(),
        distance.extractor(),
        distance.value(),
        distance.ci95(),
        distance.nReal(),
        distance.nFake());
  }
}
