package dev.pixelprobe.eval.report.change;

import dev.pixelprobe.eval.report.history.Figure;
import dev.pixelprobe.eval.report.history.Figure.Direction;

/** What is to be thought of a change. */
public enum Verdict {
  REGRESSION("worse"),
  IMPROVEMENT("better"),
  /** Beyond chance, in a figure of which no way is the better one. */
  CHANGE("changed"),
  NOISE("within chance"),
  NOT_COMPARED("not compared");

  private final String label;

  Verdict(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }

  /** Whether the change is beyond chance. */
  public boolean flagged() {
    return this != NOISE && this != NOT_COMPARED;
  }

  static Verdict of(Figure figure, double difference) {
    if (figure.better() == Direction.NONE) {
      return CHANGE;
    }
    return (difference > 0) == (figure.better() == Direction.HIGHER) ? IMPROVEMENT : REGRESSION;
  }
}
