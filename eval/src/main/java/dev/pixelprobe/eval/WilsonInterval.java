package dev.pixelprobe.eval;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * The 95% confidence interval of a share by Wilson's score: E. B. Wilson, J. Am. Stat. Assoc. 1927.
 * In JSON a list of both ends.
 *
 * @param lower at least 0
 * @param upper at most 1
 */
public record WilsonInterval(double lower, double upper) {
  private static final double Z = 1.959963984540054;

  /**
   * The interval of a share seen in {@code n} trials.
   *
   * @param p 0 to 1
   * @param n at least 1
   */
  public static WilsonInterval of(double p, int n) {
    double z2 = Z * Z / n;
    double centre = (p + z2 / 2) / (1 + z2);
    double halfWidth = Math.sqrt(z2 * (p * (1 - p) + z2 / 4)) / (1 + z2);
    return new WilsonInterval(Math.max(0, centre - halfWidth), Math.min(1, centre + halfWidth));
  }

  @JsonCreator
  static WilsonInterval ofEnds(List<Double> ends) {
    return new WilsonInterval(ends.get(0), ends.get(1));
  }

  @JsonValue
  List<Double> toEnds() {
    return List.of(lower, upper);
  }
}
