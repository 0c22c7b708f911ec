package dev.pixelprobe.eval;

import org.jspecify.annotations.Nullable;

/**
 * A step length that meets the weak Wolfe conditions, by bracketing and bisection: Lewis and
 * Overton 2013. Near the optimum, where the decrease drowns in rounding, the decrease is judged by
 * the slope instead: Hager and Zhang 2005, the "approximate Wolfe" condition.
 */
final class WolfeSearch {
  private static final double DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;
  private static final double ROUNDING = 1e-12;
  private static final int MAX_TRIALS = 60;

  private WolfeSearch() {}

  /**
   * The first accepted point from {@code start} along {@code direction}, or null if none is found.
   */
  static Lbfgs.@Nullable Point along(
      double[] direction, Lbfgs.Point start, Lbfgs.Objective objective) {
    double slope = Lbfgs.dot(direction, start.gradient);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double step = 1;
    for (int trial = 0; trial < MAX_TRIALS; trial++) {
      double[] x = start.x.clone();
      Lbfgs.addScaled(step, direction, x);
      Lbfgs.Point point = new Lbfgs.Point(objective, x);
      double newSlope = Lbfgs.dot(direction, point.gradient);
      if (!decreases(start, slope, step, point, newSlope)) {
        high = step;
      } else if (newSlope < CURVATURE * slope) {
        low = step;
      } else {
        return point;
      }
      step = high == Double.POSITIVE_INFINITY ? 2 * low : (low + high) / 2;
    }
    return null;
  }

  private static boolean decreases(
      Lbfgs.Point start, double slope, double step, Lbfgs.Point point, double newSlope) {
    boolean inValue = point.value <= start.value + DECREASE * step * slope;
    boolean withinRounding = point.value <= start.value + ROUNDING * Math.abs(start.value);
    return inValue || (withinRounding && newSlope <= (2 * DECREASE - 1) * slope);
  }
}
