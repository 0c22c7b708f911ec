package dev.pixelprobe.eval.distance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;

/** A 95% confidence interval; in JSON a list of both ends. */
public record Interval(double lower, double upper) {
  /** From the 2.5th to the 97.5th percentile of {@code values}, interpolated as numpy does. */
  static Interval ofMiddle95(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Interval(quantile(sorted, 0.025), quantile(sorted, 0.975));
  }

  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  @JsonCreator
  static Interval ofEnds(List<Double> ends) {
    return new Interval(ends.get(0), ends.get(1));
  }

  @JsonValue
  List<Double> toEnds() {
    return List.of(lower, upper);
  }
}
