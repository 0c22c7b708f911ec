package dev.pixelprobe.eval.report.section;

import dev.pixelprobe.eval.LabelEfficiency;
import dev.pixelprobe.eval.report.page.Block;
import dev.pixelprobe.eval.report.page.Block.Cell;
import dev.pixelprobe.eval.report.page.Block.Tone;
import dev.pixelprobe.eval.report.page.Section;
import dev.pixelprobe.eval.results.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Probes with few labels. */
final class FewLabels {
  private FewLabels() {}

  static Optional<Section> of(Results results) {
    if (results.labelEfficiency().isEmpty()) {
      return Optional.empty();
    }
    List<Integer> labels =
        List.copyOf(
            new TreeSet<>(
                results.labelEfficiency().stream().map(LabelEfficiency::nTrain).toList()));
    List<String> columns = new ArrayList<>(List.of("features"));
    labels.forEach(n -> columns.add(Numbers.whole(n) + " labels"));
    List<List<Cell>> rows = new ArrayList<>();
    bySubject(results).forEach((subject, few) -> rows.add(row(subject, labels, few)));
    rows.addAll(published(results, labels));
    return Optional.of(
        new Section(
            "few-labels",
            "With few labels",
            List.of(
                new Block.Table(
                    "Test accuracy: mean and standard deviation over draws", columns, rows))));
  }

  private static Map<String, Map<Integer, LabelEfficiency>> bySubject(Results results) {
    Map<String, Map<Integer, LabelEfficiency>> bySubject = new LinkedHashMap<>();
    for (LabelEfficiency few : results.labelEfficiency()) {
      bySubject
          .computeIfAbsent(few.subject().label(), subject -> new LinkedHashMap<>())
          .put(few.nTrain(), few);
    }
    return bySubject;
  }

  private static List<Cell> row(
      String subject, List<Integer> labels, Map<Integer, LabelEfficiency> few) {
    List<Cell> row = new ArrayList<>(List.of(Cell.of(subject)));
    labels.forEach(n -> row.add(Cell.of(text(few.get(n)))));
    return row;
  }

  private static String text(@Nullable LabelEfficiency few) {
    if (few == null) {
      return "–";
    }
    Double deviation = few.testAccuracySd();
    String mean = Numbers.share(few.testAccuracyMean());
    return deviation == null ? mean : mean + " ± " + Numbers.share(deviation);
  }

  private static List<List<Cell>> published(Results results, List<Integer> labels) {
    Map<String, Map<Integer, Double>> byModel = new LinkedHashMap<>();
    PublishedResults.ALL
        .dataset(results.provenance().dataset().name())
        .ifPresent(
            dataset ->
                dataset
                    .withFewLabels()
                    .forEach(
                        result ->
                            byModel
                                .computeIfAbsent(result.model(), model -> new LinkedHashMap<>())
                                .put(result.labels(), result.accuracy())));
    List<List<Cell>> rows = new ArrayList<>();
    byModel.forEach(
        (model, accuracies) -> {
          List<Cell> row = new ArrayList<>(List.of(Cell.of(model + ", published").in(Tone.QUIET)));
          for (int n : labels) {
            Double accuracy = accuracies.get(n);
            row.add(Cell.of(accuracy == null ? "–" : Numbers.share(accuracy)).in(Tone.QUIET));
          }
          rows.add(row);
        });
    return rows;
  }
}
