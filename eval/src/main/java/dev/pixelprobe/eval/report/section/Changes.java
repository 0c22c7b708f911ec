package dev.pixelprobe.eval.report.section;

import dev.pixelprobe.eval.report.change.FigureChange;
import dev.pixelprobe.eval.report.change.RunComparison;
import dev.pixelprobe.eval.report.change.Verdict;
import dev.pixelprobe.eval.report.page.Block;
import dev.pixelprobe.eval.report.page.Block.Cell;
import dev.pixelprobe.eval.report.page.Block.Tone;
import dev.pixelprobe.eval.significance.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a comparison of two runs found. */
final class Changes {
  private Changes() {}

  static List<Block> of(RunComparison comparison) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Paragraph(sentence(comparison), tone(comparison)));
    if (!comparison.notes().isEmpty()) {
      blocks.add(Block.Paragraph.of("What else differs between the two runs:"));
      blocks.add(new Block.Bullets(comparison.notes()));
    }
    if (!comparison.flagged().isEmpty()) {
      blocks.add(table("Beyond chance", comparison.flagged()));
    }
    blocks.add(
        new Block.Folded(
            "All %d figures compared".formatted(comparison.changes().size()),
            table("Every figure beside what it was", comparison.changes())));
    return blocks;
  }

  /** {@code Against X, worse: best layer, ln_1 4; better: nats per token.} */
  static String sentence(RunComparison comparison) {
    String against = "Against %s, ".formatted(comparison.before().name());
    if (comparison.flagged().isEmpty()) {
      return against + "no change beyond chance.";
    }
    return against
        + comparison.flagged().stream()
            .collect(
                Collectors.groupingBy(
                    FigureChange::verdict,
                    TreeMap::new,
                    Collectors.mapping(change -> change.after().label(), Collectors.joining(", "))))
            .entrySet()
            .stream()
            .map(entry -> entry.getKey().label() + ": " + entry.getValue())
            .collect(Collectors.joining("; ", "", "."));
  }

  static Tone tone(RunComparison comparison) {
    return comparison.flagged().stream()
        .map(FigureChange::verdict)
        .min(Verdict::compareTo)
        .map(Changes::tone)
        .orElse(Tone.PLAIN);
  }

  static Tone tone(Verdict verdict) {
    return switch (verdict) {
      case REGRESSION -> Tone.BAD;
      case IMPROVEMENT -> Tone.GOOD;
      case CHANGE -> Tone.NEUTRAL;
      case NOISE, NOT_COMPARED -> Tone.QUIET;
    };
  }

  private static Block.Table table(String caption, List<FigureChange> changes) {
    return new Block.Table(
        caption,
        List.of(
            "figure",
            "before",
            "now",
            "change",
            "95% interval of it",
            "p, adjusted",
            "verdict",
            "test"),
        changes.stream().map(Changes::row).toList());
  }

  private static List<Cell> row(FigureChange change) {
    Difference difference = change.difference();
    return List.of(
        Cell.of(change.after().label()),
        Cell.of(Numbers.of(change.before())),
        Cell.of(Numbers.of(change.after())),
        Cell.of(Numbers.difference(change)),
        Cell.of(Numbers.differenceInterval(change)),
        Cell.of(Numbers.pValue(change.adjustedP())),
        Cell.of(change.verdict().label()).in(tone(change.verdict())),
        Cell.of(difference == null ? change.note() : difference.test()).in(Tone.QUIET));
  }
}
