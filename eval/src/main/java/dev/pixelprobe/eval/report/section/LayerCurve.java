package dev.pixelprobe.eval.report.section;

import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.report.chart.Ink;
import dev.pixelprobe.eval.report.chart.Line;
import dev.pixelprobe.eval.report.chart.LineChart;
import dev.pixelprobe.eval.report.page.Block;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Test accuracy over layers: the picture that Image GPT is known for. */
final class LayerCurve {
  private final List<Line> lines = new ArrayList<>();
  private final List<Line.Point> best = new ArrayList<>();
  private final List<String> words = new ArrayList<>();

  private LayerCurve() {}

  /**
   * Probes of one model.
   *
   * @param name before the name of the features; may be empty
   * @param best chosen on held-out images
   */
  record Curves(String name, List<ProbeResult> probes, @Nullable ProbeResult best) {}

  /**
   * The chart.
   *
   * @param baselines drawn as levels
   * @return empty if no curve has two layers
   */
  static Optional<Block.Chart> chart(
      String title, List<Curves> models, List<ProbeResult> baselines) {
    LayerCurve curve = new LayerCurve();
    models.forEach(curve::add);
    if (curve.lines.isEmpty()) {
      return Optional.empty();
    }
    curve.addLevels(baselines);
    if (!curve.best.isEmpty()) {
      curve.lines.add(new Line("best on held-out images", Ink.TEXT, Line.Look.MARKS, curve.best));
    }
    LineChart chart =
        new LineChart("layer", LineChart.Scale.WHOLE, LineChart.Scale.SHARE, curve.lines);
    return Optional.of(Block.Chart.of(title, String.join(" ", curve.words), chart));
  }

  private void add(Curves model) {
    Map<String, List<ProbeResult>> byFeatures =
        model.probes().stream()
            .filter(probe -> probe.layer() != null)
            .sorted(Comparator.comparingInt(LayerCurve::layer))
            .collect(
                Collectors.groupingBy(
                    probe -> String.valueOf(probe.features()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    byFeatures.forEach((features, probes) -> add((model.name() + " " + features).strip(), probes));
    ProbeResult chosen = model.best();
    if (chosen != null && chosen.layer() != null) {
      best.add(Line.Point.of(chosen.layer(), chosen.testAccuracy()));
      words.add(
          "Best on held-out images: %s with %s."
              .formatted(
                  (model.name() + " " + chosen.subject().label()).strip(),
                  Numbers.share(chosen.testAccuracy())));
    }
  }

  private void add(String name, List<ProbeResult> probes) {
    if (probes.size() < 2) {
      return;
    }
    List<Line.Point> points =
        probes.stream()
            .map(
                probe ->
                    new Line.Point(
                        layer(probe),
                        probe.testAccuracy(),
                        probe.testAccuracyCi95().lower(),
                        probe.testAccuracyCi95().upper()))
            .toList();
    lines.add(new Line(name, Ink.ofLine(lines.size()), Line.Look.CURVE, points));
    ProbeResult first = probes.get(0);
    ProbeResult last = probes.get(probes.size() - 1);
    words.add(
        "%s: %s at layer %d, %s at layer %d."
            .formatted(
                name,
                Numbers.share(first.testAccuracy()),
                layer(first),
                Numbers.share(last.testAccuracy()),
                layer(last)));
  }

  private void addLevels(List<ProbeResult> baselines) {
    double from =
        lines.stream()
            .flatMap(l -> l.points().stream())
            .mapToDouble(Line.Point::x)
            .min()
            .orElseThrow();
    double to =
        lines.stream()
            .flatMap(l -> l.points().stream())
            .mapToDouble(Line.Point::x)
            .max()
            .orElseThrow();
    for (ProbeResult baseline : baselines) {
      double y = baseline.testAccuracy();
      String name = baseline.subject().label();
      lines.add(
          new Line(
              name,
              Ink.ofLine(lines.size()),
              Line.Look.LEVEL,
              List.of(Line.Point.of(from, y), Line.Point.of(to, y))));
      words.add("Baseline %s: %s.".formatted(name, Numbers.share(y)));
    }
  }

  private static int layer(ProbeResult probe) {
    Integer layer = probe.layer();
    return layer == null ? -1 : layer;
  }
}
