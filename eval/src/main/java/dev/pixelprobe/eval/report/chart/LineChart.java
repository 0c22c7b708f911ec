package dev.pixelprobe.eval.report.chart;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.geom.Ellipse2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;
import org.jspecify.annotations.Nullable;

/**
 * Values over layers or over time, with bands.
 *
 * @param xLabel of the horizontal axis; what the vertical one shows, the page says above the chart
 */
public record LineChart(String xLabel, Scale x, Scale y, List<Line> lines) {
  private static final int FONT_SIZE = 12;

  public LineChart {
    lines = List.copyOf(lines);
  }

  /** What an axis counts in. */
  public enum Scale {
    WHOLE,
    TIME,
    NUMBER,
    /** Shares, shown as per cent. */
    SHARE
  }

  /**
   * The chart as an SVG element.
   *
   * @param width in the page's pixels, as {@code height}
   */
  public String svg(int width, int height) {
    XYPlot plot =
        new XYPlot(data(), axis(x, xLabel), axis(y, null), new LineRenderer(lines, width));
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(Ink.GRID.key());
    plot.setRangeGridlineStroke(new BasicStroke(1));
    JFreeChart chart = new JFreeChart(null, null, plot, false);
    chart.setBackgroundPaint(null);
    chart.setPadding(new RectangleInsets(4, 0, 0, 10));
    return SvgDrawing.of(chart, width, height);
  }

  private YIntervalSeriesCollection data() {
    YIntervalSeriesCollection data = new YIntervalSeriesCollection();
    for (int i = 0; i < lines.size(); i++) {
      YIntervalSeries series = new YIntervalSeries(i);
      for (Line.Point point : lines.get(i).points()) {
        double lower = point.lower() == null ? point.y() : point.lower();
        double upper = point.upper() == null ? point.y() : point.upper();
        series.add(point.x(), point.y(), lower, upper);
      }
      data.addSeries(series);
    }
    return data;
  }

  private static ValueAxis axis(Scale scale, @Nullable String label) {
    ValueAxis axis =
        scale == Scale.TIME
            ? new DateAxis(label, TimeZone.getTimeZone("UTC"), Locale.ROOT)
            : numbers(scale, label);
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE);
    axis.setLabelFont(font);
    axis.setTickLabelFont(font);
    axis.setLabelPaint(Ink.MUTED.key());
    axis.setTickLabelPaint(Ink.MUTED.key());
    axis.setAxisLinePaint(Ink.GRID.key());
    axis.setTickMarkPaint(Ink.GRID.key());
    axis.setLowerMargin(0.03);
    axis.setUpperMargin(0.03);
    return axis;
  }

  private static NumberAxis numbers(Scale scale, @Nullable String label) {
    NumberAxis axis = new NumberAxis(label);
    axis.setAutoRangeIncludesZero(false);
    axis.setAutoRangeMinimumSize(scale == Scale.SHARE ? 0.02 : 1e-3);
    switch (scale) {
      case WHOLE -> axis.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
      case SHARE -> axis.setNumberFormatOverride(percent());
      default -> axis.setStandardTickUnits(NumberAxis.createStandardTickUnits(Locale.ROOT));
    }
    return axis;
  }

  private static NumberFormat percent() {
    return new DecimalFormat("0.##%", DecimalFormatSymbols.getInstance(Locale.ROOT));
  }

  /** A dot as wide as the ink of a mark. */
  static Ellipse2D dot(double radius) {
    return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
  }
}
