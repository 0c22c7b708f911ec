package dev.pixelprobe.eval.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Stroke;
import java.util.Arrays;
import java.util.Optional;

/**
 * The colours of a chart. In the SVG each is a variable of the style sheet, so that one chart serves
 * light and dark themes; lines differ in their dashes as well, for print and for who cannot tell the
 * colours apart.
 */
public enum Ink {
  TEXT("--text"),
  MUTED("--muted"),
  GRID("--line"),
  WORSE("--worse"),
  BETTER("--better"),
  FIRST("--series-1"),
  SECOND("--series-2", 7, 4),
  THIRD("--series-3", 2, 3),
  FOURTH("--series-4", 9, 3, 2, 3),
  FIFTH("--series-5", 12, 4),
  SIXTH("--series-6", 4, 2, 1, 2);

  private static final Ink[] LINES = {FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH};

  private final String variable;
  private final float[] dashes;

  Ink(String variable, float... dashes) {
    this.variable = variable;
    this.dashes = dashes;
  }

  /** That of the i-th line, from 0; they repeat after six. */
  public static Ink ofLine(int i) {
    return LINES[i % LINES.length];
  }

  /** Its name in the style sheet. */
  public String variable() {
    return variable;
  }

  /** For SVG's stroke-dasharray; empty if it is drawn through. */
  public String dashArray() {
    return Arrays.toString(dashes).replaceAll("[\\[\\],]", "");
  }

  /** Stands for it while the chart is drawn. */
  Color key() {
    return new Color(1, 2, 3 + ordinal());
  }

  /** The ink of a colour as Batik writes it. */
  static Optional<Ink> of(String rgb) {
    return Arrays.stream(values())
        .filter(ink -> rgb.equals("rgb(1,2,%d)".formatted(ink.key().getBlue())))
        .findFirst();
  }

  Stroke stroke(float width) {
    return dashes.length == 0
        ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(
            width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }
}
