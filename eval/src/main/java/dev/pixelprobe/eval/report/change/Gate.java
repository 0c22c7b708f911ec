package dev.pixelprobe.eval.report.change;

import dev.pixelprobe.eval.report.history.Figure;
import dev.pixelprobe.eval.significance.Difference;
import java.util.List;

/**
 * Which regressions are large enough to fail a report.
 *
 * @param accuracy smallest fall that matters, as a share: 0.01 is one point
 * @param nats smallest rise of nats per token that matters
 * @param distance smallest change for the worse of a distance that matters, as a share of what it
 *     was
 */
public record Gate(double accuracy, double nats, double distance) {
  /** Whatever is beyond chance fails. */
  public static final Gate STRICT = new Gate(0, 0, 0);

  /** The changes that fail it. */
  public List<FigureChange> failing(RunComparison comparison) {
    return comparison.changes().stream().filter(this::fails).toList();
  }

  private boolean fails(FigureChange change) {
    Difference difference = change.difference();
    return change.verdict() == Verdict.REGRESSION
        && difference != null
        && Math.abs(difference.value()) >= tolerance(change.before());
  }

  private double tolerance(Figure before) {
    if (before instanceof Figure.Accuracy) {
      return accuracy;
    }
    return before instanceof Figure.Nats ? nats : distance * Math.abs(before.value());
  }
}
