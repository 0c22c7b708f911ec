package dev.pixelprobe.eval.report.section;

import dev.pixelprobe.eval.distance.Interval;
import dev.pixelprobe.eval.report.change.FigureChange;
import dev.pixelprobe.eval.report.history.Figure;
import dev.pixelprobe.eval.significance.Difference;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them. */
public final class Numbers {
  private static final String NONE = "–";

  private Numbers() {}

  /** {@code 47.39%}. */
  static String share(double share) {
    return format("%.2f%%", 100 * share);
  }

  /** With thousands apart. */
  static String whole(long count) {
    return format("%,d", count);
  }

  /** Four significant digits and more. */
  static String decimal(double value) {
    double size = Math.abs(value);
    return format(size >= 1000 ? "%,.1f" : size >= 10 ? "%.2f" : "%.4f", value);
  }

  static String seconds(double seconds) {
    return format("%,.1f s", seconds);
  }

  /** A figure's value with its unit. */
  public static String of(Figure figure) {
    return figure instanceof Figure.Accuracy ? share(figure.value()) : decimal(figure.value());
  }

  /** A figure's interval, {@code 44.34 to 50.47%}. */
  public static String interval(Figure figure) {
    Interval interval = figure.ci95();
    if (interval == null) {
      return NONE;
    }
    return figure instanceof Figure.Accuracy
        ? shares(interval.lower(), interval.upper())
        : interval(interval);
  }

  static String shares(double lower, double upper) {
    return format("%.2f to %.2f%%", 100 * lower, 100 * upper);
  }

  static String interval(@Nullable Interval interval) {
    return interval == null ? NONE : decimal(interval.lower()) + " to " + decimal(interval.upper());
  }

  /** {@code +1.20 points}, {@code -0.0150}. */
  public static String difference(FigureChange change) {
    Difference difference = change.difference();
    if (difference == null) {
      return NONE;
    }
    return change.after() instanceof Figure.Accuracy
        ? format("%+.2f points", 100 * difference.value())
        : format("%+.4f", difference.value());
  }

  /** The interval of the difference. */
  public static String differenceInterval(FigureChange change) {
    Difference difference = change.difference();
    Interval interval = difference == null ? null : difference.ci95();
    if (interval == null) {
      return NONE;
    }
    return change.after() instanceof Figure.Accuracy
        ? format("%+.2f to %+.2f", 100 * interval.lower(), 100 * interval.upper())
        : format("%+.4f to %+.4f", interval.lower(), interval.upper());
  }

  /** {@code 0.031}, {@code < 0.001}. */
  public static String pValue(@Nullable Double p) {
    if (p == null) {
      return NONE;
    }
    return p < 0.001 ? "< 0.001" : format("%.3f", p);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
