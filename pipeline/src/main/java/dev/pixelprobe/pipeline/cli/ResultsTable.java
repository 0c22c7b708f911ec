package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.WilsonInterval;
import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.results.Generative;
import dev.pixelprobe.eval.results.Provenance;
import dev.pixelprobe.eval.results.Results;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Results as a terminal shows them: the layer curve, baselines, nats per token. */
final class ResultsTable {
  private static final int BAR = 40;
  private static final int LABEL_WIDTH = 18;

  private final StringBuilder text = new StringBuilder();
  private final Results results;
  private final int labelWidth;

  private ResultsTable(Results results) {
    this.results = results;
    this.labelWidth =
        results.probes().stream()
            .mapToInt(probe -> probe.subject().label().length())
            .reduce(LABEL_WIDTH, Math::max);
  }

  static String of(Results results) {
    return new ResultsTable(results).render();
  }

  private String render() {
    Provenance provenance = results.provenance();
    line(
        "%s on %s: %,d training and %,d test images, %d classes",
        provenance.model().name(),
        provenance.dataset().name(),
        provenance.dataset().nTrain(),
        provenance.dataset().nTest(),
        provenance.dataset().classes());
    line("");
    line("%s %8s %8s %8s  %-17s", label("features"), "C", "valid %", "test %", "95% interval");
    results.probes().forEach(this::row);
    results.baselines().forEach(this::row);
    line("");
    if (!results.labelEfficiency().isEmpty()) {
      text.append(LabelEfficiencyTable.of(results.labelEfficiency(), this::label)).append('\n');
    }
    best(results.bestProbe());
    generative(results.generative());
    samples(results.samples(), results.distances());
    deadLetters(results.deadLetters().count());
    return text.toString();
  }

  private void row(ProbeResult probe) {
    WilsonInterval interval = probe.testAccuracyCi95();
    line(
        "%s %8s %8s %8.2f  [%5.2f, %5.2f]   %s%s",
        label(probe.subject().label()),
        "%.0e".formatted(probe.c()),
        probe.validationAccuracy() == null
            ? "-"
            : String.format(Locale.ROOT, "%.2f", 100 * probe.validationAccuracy()),
        100 * probe.testAccuracy(),
        100 * interval.lower(),
        100 * interval.upper(),
        "#".repeat((int) Math.round(BAR * probe.testAccuracy())),
        probe.converged() ? "" : "  (not converged)");
  }

  /** As wide as every label in the first column. */
  private String label(String label) {
    return String.format(Locale.ROOT, "%-" + labelWidth + "s", label);
  }

  private void best(@Nullable ProbeResult best) {
    if (best != null) {
      line(
          "best %s, chosen on held-out training images: %s with %.2f%% on the test images",
          best.layer() == null && best.layers() == null ? "output" : "layer",
          best.subject().label(),
          100 * best.testAccuracy());
    }
  }

  private void generative(@Nullable Generative generative) {
    if (generative != null) {
      line(
          "test images cost %.4f nats per token (standard error %.4f), %.4f bits",
          generative.natsPerToken(), generative.natsPerTokenStderr(), generative.bitsPerToken());
    }
  }

  private void samples(Results.@Nullable Samples samples, List<Distance> distances) {
    if (samples != null) {
      Map<String, List<Distance>> byExtractor =
          distances.stream()
              .collect(
                  Collectors.groupingBy(
                      Distance::extractor, LinkedHashMap::new, Collectors.toList()));
      byExtractor.forEach(
          (extractor, group) -> {
            line("");
            line("%,d samples against the test images by %s", samples.count(), extractor);
            text.append(DistancesTable.of(group));
          });
    }
  }

  private void deadLetters(int count) {
    if (count > 0) {
      line("%d records could not be used: see %s", count, DeadLetterFolder.PATH);
    }
  }

  private void line(String format, @Nullable Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments).stripTrailing()).append('\n');
  }
}
