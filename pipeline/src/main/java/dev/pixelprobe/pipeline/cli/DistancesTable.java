package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.distance.Interval;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Distances as a terminal shows them, with their warnings below. */
final class DistancesTable {
  private static final String ROW = "%-16s %12s %12s  %-24s %8s %8s";

  private DistancesTable() {}

  static String of(List<Distance> distances) {
    StringBuilder text = new StringBuilder();
    line(text, "metric", "value", "deviation", "95% interval", "real", "fake");
    for (Distance distance : distances) {
      line(
          text,
          distance.metric(),
          number(distance.value()),
          distance.deviation() == null ? "" : number(distance.deviation()),
          interval(distance.ci95()),
          distance.nReal() == null ? "?" : count(distance.nReal()),
          count(distance.nFake()));
    }
    for (Distance distance : distances) {
      for (String warning : distance.warnings()) {
        text.append("warning: ")
            .append(distance.metric())
            .append(": ")
            .append(warning)
            .append('\n');
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, Object... cells) {
    text.append(ROW.formatted(cells).stripTrailing()).append('\n');
  }

  private static String interval(@Nullable Interval interval) {
    return interval == null
        ? ""
        : "[%s, %s]".formatted(number(interval.lower()), number(interval.upper()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }

  private static String count(int images) {
    return String.format(Locale.ROOT, "%,d", images);
  }
}
