package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.LabelEfficiency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Probes with few labels as the paper shows them: a row per probe, a column per number of labels.
 */
final class LabelEfficiencyTable {
  private LabelEfficiencyTable() {}

  /**
   * The lines of the table.
   *
   * @param results probe by probe, each with the same numbers of labels
   * @param padded pads what stands in the first column
   */
  static String of(List<LabelEfficiency> results, UnaryOperator<String> padded) {
    Map<String, List<LabelEfficiency>> rows =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    result -> result.subject().label(), LinkedHashMap::new, Collectors.toList()));
    List<LabelEfficiency> first = rows.values().iterator().next();
    StringBuilder text = new StringBuilder(title(first.get(0).draws()));
    text.append("\n\n").append(padded.apply("labels in all"));
    first.forEach(result -> text.append(String.format(Locale.ROOT, " %,14d", result.nTrain())));
    rows.forEach((label, row) -> text.append('\n').append(padded.apply(label)).append(cells(row)));
    return text.append('\n').toString();
  }

  private static String title(int draws) {
    return draws == 1
        ? "test % with few labels, drawn once"
        : "test %% with few labels, mean ± deviation of %d draws".formatted(draws);
  }

  private static String cells(List<LabelEfficiency> row) {
    StringBuilder text = new StringBuilder();
    for (LabelEfficiency result : row) {
      text.append(' ').append(String.format(Locale.ROOT, "%14s", cell(result)));
    }
    boolean converged = row.stream().allMatch(LabelEfficiency::converged);
    return text.append(converged ? "" : "  (not converged)").toString();
  }

  private static String cell(LabelEfficiency result) {
    double mean = 100 * result.testAccuracyMean();
    return result.testAccuracySd() == null
        ? String.format(Locale.ROOT, "%.2f", mean)
        : String.format(Locale.ROOT, "%.2f ± %5.2f", mean, 100 * result.testAccuracySd());
  }
}
