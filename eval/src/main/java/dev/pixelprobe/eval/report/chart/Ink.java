package dev.pixelprobe.eval.report.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Stroke;
import java.util.Arrays;
import java.util.Optional;

/**
 * The colours of a chart. In the SVG each is a variable of the style sheet, so that one chart
 * serves light and dark themes; lines differ in their dashes as well, for print and for who cannot
 * tell the colours apart.
 */
public enum Ink {
  TEXT(1, "--text", ""),
  MUTED(2, "--muted", ""),
  GRID(3, "--line", ""),
  WORSE(4, "--worse", ""),
  BETTER(5, "--better", ""),
  FIRST(6, "--series-1", ""),
  SECOND(7, "--series-2", "7 4"),
  THIRD(8, "--series-3", "2 3"),
  FOURTH(9, "--series-4", "9 3 2 3"),
  FIFTH(10, "--series-5", "12 4"),
  SIXTH(11, "--series-6", "4 2 1 2");

  private static final Ink[] LINES = {FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH};

  private final int key;
  private final String variable;
  private final String dashArray;

  Ink(int key, String variable, String dashArray) {
    this.key = key;
    this.variable = variable;
    this.dashArray = dashArray;
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
    return dashArray;
  }

  /** Stands for it while the chart is drawn. */
  Color key() {
    return new Color(1, 2, key);
  }

  /** The ink of a colour as Batik writes it. */
  static Optional<Ink> of(String rgb) {
    return Arrays.stream(values())
        .filter(ink -> rgb.equals("rgb(1,2,%d)".formatted(ink.key)))
        .findFirst();
  }

  Stroke stroke(float width) {
    if (dashArray.isEmpty()) {
      return new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }
    String[] parts = dashArray.split(" ", -1);
    float[] dashes = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      dashes[i] = Float.parseFloat(parts[i]);
    }
    return new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
  }
}
