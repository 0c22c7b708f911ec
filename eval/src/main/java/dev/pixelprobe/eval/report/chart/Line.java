package dev.pixelprobe.eval.report.chart;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a chart.
 *
 * @param points by x
 * @param look how it is drawn
 */
public record Line(String name, Ink ink, Look look, List<Point> points) {
  public Line {
    points = List.copyOf(points);
  }

  /** How a line is drawn. */
  public enum Look {
    /** Through its points, in a band from lower to upper. */
    CURVE,
    /** Without points: a level to compare with. */
    LEVEL,
    /** Points alone: places to look at. */
    MARKS
  }

  /**
   * A point.
   *
   * @param x a layer, or milliseconds since 1970
   * @param lower of its 95% interval; null where none is known, as upper
   */
  public record Point(double x, double y, @Nullable Double lower, @Nullable Double upper) {
    public static Point of(double x, double y) {
      return new Point(x, y, null, null);
    }
  }
}
