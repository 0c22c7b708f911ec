package dev.pixelprobe.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * Multinomial logistic regression: minimises C Σ -ln p(label | x) + |w|²/2 with p the softmax of W
 * x + b and b free, as scikit-learn's {@code LogisticRegression(C, multi_class="multinomial")}; two
 * classes too have a weight vector each.
 *
 * <p>The rows are rotated once into their {@link PrincipalAxes}, which serve every C, and each
 * solution starts the search of the next larger C. Thread-safe; the products run on one thread.
 */
public final class LogisticRegression {
  /**
   * The search has converged when the decrease that a preconditioned gradient step promises is at
   * most this share of the objective.
   */
  public static final double TOLERANCE = 1e-12;

  private static final int MAX_ITERATIONS = 1_000;

  /** The share of the rows that a class without any is taken to have. */
  private static final double ABSENT_SHARE = 1e-15;

  /**
   * A solution.
   *
   * @param objective C Σ loss + |w|²/2 there, in the units of the features it was fitted on
   * @param converged whether the gradient test of {@link #TOLERANCE} holds there
   */
  public record Fit(
      double c, LinearClassifier classifier, double objective, int iterations, boolean converged) {}

  private LogisticRegression() {}

  /**
   * Fits once for every C.
   *
   * @param cs each positive, in any order
   * @return one fit for each different C, ascending
   * @throws InvalidInputException if a C is not positive and finite, or {@code train} has fewer
   *     than two rows or classes
   */
  public static List<Fit> fit(LabelledSet train, List<Double> cs) {
    cs.forEach(LogisticRegression::check);
    check(train);
    List<Fit> fits = new ArrayList<>();
    try (PrincipalAxes axes = PrincipalAxes.of(train.features())) {
      double[] theta = logPriors(train, axes.width());
      for (double c : cs.stream().sorted().distinct().toList()) {
        Lbfgs.Minimum minimum = minimize(theta, axes, train, c);
        theta = minimum.x;
        LinearClassifier classifier = axes.classifierOfX(theta, train.classes());
        fits.add(new Fit(c, classifier, minimum.value, minimum.iterations, minimum.converged));
      }
    }
    return fits;
  }

  private static Lbfgs.Minimum minimize(
      double[] start, PrincipalAxes axes, LabelledSet train, double c) {
    try (SoftmaxObjective objective = SoftmaxObjective.at(start, axes, train, c)) {
      return Lbfgs.minimize(objective, start, TOLERANCE, MAX_ITERATIONS);
    }
  }

  /** No weights, and the intercepts that are best then: ln of each class's share of the rows. */
  private static double[] logPriors(LabelledSet train, int width) {
    int[] counts = train.classCounts();
    double[] theta = new double[counts.length * width];
    for (int k = 0; k < counts.length; k++) {
      double share = (double) counts[k] / train.rows();
      theta[(k + 1) * width - 1] = Math.log(Math.max(share, ABSENT_SHARE));
    }
    return theta;
  }

  static void check(double c) {
    if (!(c > 0) || c == Double.POSITIVE_INFINITY) {
      throw new InvalidInputException(
          "C: expected a positive number, got %s; try 1e-4 to 1e2".formatted(c));
    }
  }

  private static void check(LabelledSet train) {
    if (train.rows() < 2) {
      throw new InvalidInputException(
          "%s: expected at least 2 rows to fit, got %d; give more images"
              .formatted(train.name(), train.rows()));
    }
    int[] counts = train.classCounts();
    if (counts[train.label(0)] == train.rows()) {
      throw new InvalidInputException(
          "%s: expected at least 2 classes, got class %d in all %d rows; give images of another class"
              .formatted(train.name(), train.label(0), train.rows()));
    }
  }
}
