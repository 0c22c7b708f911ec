package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.distance.Interval;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Distances as a terminal shows them, with their warnings below. */
final class DistancesTable {
  private static final String ROW = "%-16s %12s %12s  %-24s %8s %8s";

  private DistancesTable() {}

  /** Distances that are called FID and KID if the features are Inception's, and only then. */
  static String of(List<Distance> distances) {
    return table(distances, DistancesTable::name);
  }

  /** Distances that are called what they are computed as, for nobody knows the extractor. */
  static String ofArrays(List<Distance> distances) {
    return table(distances, Distance::metric);
  }

  private static String table(List<Distance> distances, Function<Distance, String> name) {
    StringBuilder text = new StringBuilder();
    line(text, "metric", "value", "deviation", "95% interval", "real", "fake");
    for (Distance distance : distances) {
      line(
          text,
          name.apply(distance),
          number(distance.value()),
          distance.deviation() == null ? "" : number(distance.deviation()),
          interval(distance.ci95()),
          count(distance.nReal()),
          count(distance.nFake()));
    }
    for (Distance distance : distances) {
      for (String warning : distance.warnings()) {
        text.append("warning: ")
            .append(name.apply(distance))
            .append(": ")
            .append(warning)
            .append('\n');
      }
    }
    return text.toString();
  }

  private static String name(Distance distance) {
    String metric = distance.metric();
    if (distance.byInception()) {
      return metric;
    }
    return switch (metric) {
      case "fid" -> "frechet";
      case "fid_infinity" -> "frechet_infinity";
      case "kid" -> "kernel";
      default -> metric;
    };
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

  private static String count(@Nullable Integer images) {
    return images == null ? "?" : String.format(Locale.ROOT, "%,d", images);
  }
}
