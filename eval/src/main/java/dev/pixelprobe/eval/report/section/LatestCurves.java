package dev.pixelprobe.eval.report.section;

import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.report.change.Trend;
import dev.pixelprobe.eval.report.page.Block;
import dev.pixelprobe.eval.report.page.Block.Cell;
import dev.pixelprobe.eval.report.page.Section;
import dev.pixelprobe.eval.results.Provenance;
import dev.pixelprobe.eval.results.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The layer curves of the latest runs, model beside model, data set by data set. */
final class LatestCurves {
  private static final int MOST_MODELS = 5;

  private LatestCurves() {}

  static Section of(List<Trend> trends) throws IOException {
    Map<String, List<Results>> byDataset = new LinkedHashMap<>();
    for (Trend trend : trends) {
      byDataset
          .computeIfAbsent(trend.last().subject().dataset(), dataset -> new ArrayList<>())
          .add(trend.last().results());
    }
    List<Block> blocks = new ArrayList<>();
    byDataset.forEach((dataset, latest) -> blocks.addAll(blocks(dataset, latest)));
    return new Section("curves", "Layer by layer", blocks);
  }

  private static List<Block> blocks(String dataset, List<Results> latest) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading(dataset));
    for (int from = 0; from < latest.size(); from += MOST_MODELS) {
      List<Results> some = latest.subList(from, Math.min(from + MOST_MODELS, latest.size()));
      chart(dataset, some).ifPresent(blocks::add);
      blocks.add(new Block.Folded("The numbers", numbers(dataset, some)));
    }
    blocks.addAll(Published.blocks(latest));
    return blocks;
  }

  private static Optional<Block.Chart> chart(String dataset, List<Results> latest) {
    List<LayerCurve.Curves> curves =
        latest.stream()
            .map(
                results ->
                    new LayerCurve.Curves(name(results), results.probes(), results.bestProbe()))
            .toList();
    return LayerCurve.chart(
        "Test accuracy by layer on %s, with 95%% intervals".formatted(dataset),
        curves,
        latest.size() == 1 ? latest.get(0).baselines() : List.of());
  }

  private static String name(Results results) {
    Provenance provenance = results.provenance();
    String variant = provenance.variant();
    return provenance.model().name() + (variant == null ? "" : ", " + variant);
  }

  private static Block.Table numbers(String dataset, List<Results> latest) {
    Map<String, List<Cell>> rows = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>(List.of("features"));
    for (Results results : latest) {
      columns.add(name(results));
      for (List<ProbeResult> probes : List.of(results.probes(), results.baselines())) {
        probes.forEach(probe -> put(rows, columns.size() - 1, probe));
      }
    }
    rows.values().forEach(row -> fill(row, columns.size()));
    return new Block.Table(
        "Test accuracy on %s, with 95%% intervals".formatted(dataset),
        columns,
        List.copyOf(rows.values()));
  }

  private static void put(Map<String, List<Cell>> rows, int column, ProbeResult probe) {
    String label = probe.subject().label();
    List<Cell> row = rows.computeIfAbsent(label, name -> new ArrayList<>(List.of(Cell.of(name))));
    fill(row, column);
    row.add(
        Cell.of(
            "%s\n%s"
                .formatted(
                    Numbers.share(probe.testAccuracy()),
                    Numbers.shares(
                        probe.testAccuracyCi95().lower(), probe.testAccuracyCi95().upper()))));
  }

  private static void fill(List<Cell> row, int columns) {
    while (row.size() < columns) {
      row.add(Cell.of("–"));
    }
  }
}
