package dev.pixelprobe.eval.report.chart;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CrosshairState;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYItemRendererState;
import org.jfree.data.xy.XYDataset;
import org.jspecify.annotations.Nullable;

/** Draws each line by its look. */
final class LineRenderer extends DeviationRenderer {
  private static final float BAND = 0.18f;
  private static final int PIXELS_PER_DOT = 14;

  private final List<Line> lines;

  /**
   * A renderer.
   *
   * @param width of the chart; where points lie closer than dots are wide, the line alone is drawn
   */
  LineRenderer(List<Line> lines, int width) {
    super(true, true);
    this.lines = lines;
    setAlpha(BAND);
    setDrawSeriesLineAsPath(true);
    for (int i = 0; i < lines.size(); i++) {
      look(i, lines.get(i), width);
    }
  }

  private void look(int i, Line line, int width) {
    setSeriesPaint(i, line.ink().key());
    setSeriesFillPaint(i, line.ink().key());
    switch (line.look()) {
      case CURVE -> {
        setSeriesStroke(i, line.ink().stroke(2));
        setSeriesShape(i, LineChart.dot(2.5));
        setSeriesShapesVisible(i, PIXELS_PER_DOT * line.points().size() <= width);
      }
      case LEVEL -> {
        setSeriesStroke(i, line.ink().stroke(1.5f));
        setSeriesShapesVisible(i, false);
      }
      case MARKS -> {
        setSeriesLinesVisible(i, false);
        setSeriesShape(i, LineChart.dot(6));
        setSeriesShapesFilled(i, false);
        setSeriesOutlineStroke(i, new BasicStroke(2));
        setSeriesStroke(i, new BasicStroke(2));
      }
    }
  }

  /** Bands belong to curves alone: a level or a mark has none to fill. */
  @Override
  public void drawItem(
      Graphics2D g2,
      XYItemRendererState state,
      Rectangle2D dataArea,
      @Nullable PlotRenderingInfo info,
      XYPlot plot,
      ValueAxis domainAxis,
      ValueAxis rangeAxis,
      XYDataset dataset,
      int series,
      int item,
      @Nullable CrosshairState crosshairState,
      int pass) {
    if (pass > 0 || isCurve(series)) {
      super.drawItem(
          g2,
          state,
          dataArea,
          info,
          plot,
          domainAxis,
          rangeAxis,
          dataset,
          series,
          item,
          crosshairState,
          pass);
    }
  }

  private boolean isCurve(int series) {
    return lines.get(series).look() == Line.Look.CURVE;
  }
}
