package dev.pixelprobe.eval.report.section;

import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.report.page.Block;
import dev.pixelprobe.eval.report.page.Block.Cell;
import dev.pixelprobe.eval.report.page.Block.Tone;
import dev.pixelprobe.eval.results.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The layer curve's numbers, and those of everything else that was probed. */
final class ProbeTable {
  private static final List<String> COLUMNS =
      List.of("features", "test", "95% interval", "held out", "C", "nats", "width", "fit");

  private ProbeTable() {}

  static Block.Table probes(Results results) {
    List<List<Cell>> rows =
        results.probes().stream()
            .map(probe -> row(probe, probe.equals(results.bestProbe())))
            .toList();
    return new Block.Table("Linear probes, in the order of the layers", COLUMNS, rows);
  }

  static Block.Table baselines(Results results) {
    List<List<Cell>> rows = new ArrayList<>();
    results.baselines().forEach(baseline -> rows.add(row(baseline, false)));
    return new Block.Table("What a probe must beat", COLUMNS, rows);
  }

  private static List<Cell> row(ProbeResult probe, boolean best) {
    Tone tone = best ? Tone.STRONG : Tone.PLAIN;
    String label = probe.subject().label() + (best ? " (best)" : "");
    Double heldOut = probe.validationAccuracy();
    return List.of(
        Cell.of(label).in(tone),
        Cell.of(Numbers.share(probe.testAccuracy())).in(tone),
        Cell.of(Numbers.shares(probe.testAccuracyCi95().lower(), probe.testAccuracyCi95().upper())),
        Cell.of(heldOut == null ? "–" : Numbers.share(heldOut)),
        Cell.of(String.format(Locale.ROOT, "%.0e", probe.c())),
        Cell.of(Numbers.decimal(probe.testNll())),
        Cell.of(Numbers.whole(probe.dim())),
        probe.converged()
            ? Cell.of("converged").in(Tone.QUIET)
            : Cell.of("not converged").in(Tone.NEUTRAL));
  }
}
