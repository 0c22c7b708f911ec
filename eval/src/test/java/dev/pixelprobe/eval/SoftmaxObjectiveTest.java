package dev.pixelprobe.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftmaxObjectiveTest {
  @ParameterizedTest(name = "{0} rows, {1} features, {2} classes")
  @CsvSource({"50,7,3", "6,9,2", "600,4,5"})
  void theGradientIsTheSlopeOfTheValue(int rows, int columns, int classes) {
    LabelledSet train = Samples.noisyClasses(rows, columns, classes, 1);
    try (PrincipalAxes axes = PrincipalAxes.of(train.features())) {
      double[] theta = gaussians(classes * axes.width(), 2);
      try (SoftmaxObjective objective = SoftmaxObjective.at(theta, axes, train, 0.7)) {
        double[] direction = gaussians(theta.length, 3);
        double[] gradient = new double[theta.length];
        double value = objective.evaluate(theta, gradient);

        // Central differences: truncation ~ h², rounding ~ 1e-16 value / h.
        double h = 1e-5;
        double slope =
            (at(objective, theta, h, direction) - at(objective, theta, -h, direction)) / (2 * h);
        assertThat(Lbfgs.dot(gradient, direction)).isCloseTo(slope, within(1e-8 * value));
      }
    }
  }

  @ParameterizedTest(name = "C = {0}")
  @CsvSource({"0.01", "100"})
  void thePreconditionerIsExactWhereTheProbabilitiesAreTheSameForAllRows(double c) {
    LabelledSet train = Samples.noisyClasses(80, 6, 4, 4);
    try (PrincipalAxes axes = PrincipalAxes.of(train.features())) {
      double[] zero = new double[4 * axes.width()];
      try (SoftmaxObjective objective = SoftmaxObjective.at(zero, axes, train, c)) {
        double[] gradient = new double[zero.length];
        objective.evaluate(zero, gradient);
        double[] step = gradient.clone();
        objective.precondition(step);

        // H step = gradient, with H step by central differences of the gradient.
        double h = 1e-4 / Math.sqrt(Lbfgs.dot(step, step));
        double[] ahead = gradientAt(objective, step, h);
        double[] behind = gradientAt(objective, step, -h);
        double size = Math.sqrt(Lbfgs.dot(gradient, gradient));
        for (int j = 0; j < zero.length; j++) {
          double product = (ahead[j] - behind[j]) / (2 * h);
          assertThat(product).isCloseTo(gradient[j], within(1e-6 * size));
        }
      }
    }
  }

  private static double at(
      SoftmaxObjective objective, double[] theta, double step, double[] direction) {
    double[] moved = theta.clone();
    Lbfgs.addScaled(step, direction, moved);
    return objective.evaluate(moved, new double[theta.length]);
  }

  private static double[] gradientAt(SoftmaxObjective objective, double[] direction, double step) {
    double[] moved = new double[direction.length];
    Lbfgs.addScaled(step, direction, moved);
    double[] gradient = new double[direction.length];
    objective.evaluate(moved, gradient);
    return gradient;
  }

  private static double[] gaussians(int n, long seed) {
    Random random = new Random(seed);
    double[] values = new double[n];
    for (int j = 0; j < n; j++) {
      values[j] = random.nextGaussian();
    }
    return values;
  }
}
