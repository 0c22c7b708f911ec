package dev.pixelprobe.eval;

import java.util.ArrayList;
import java.util.List;

/** Scores of a row x: W x + b, one per class; their softmax are the classes' probabilities. */
public final class LinearClassifier {
  private final double[] weights; // classes x columns
  private final double[] intercepts;

  LinearClassifier(double[] weights, double[] intercepts) {
    this.weights = weights;
    this.intercepts = intercepts;
  }

  public int classes() {
    return intercepts.length;
  }

  /** Features per row. */
  public int columns() {
    return weights.length / intercepts.length;
  }

  public double weight(int k, int column) {
    return weights[k * columns() + column];
  }

  public double intercept(int k) {
    return intercepts[k];
  }

  /** |w|, the length of all weights together; the intercepts do not count. */
  public double weightNorm() {
    return Math.sqrt(Lbfgs.dot(weights, weights));
  }

  /**
   * Classifies every row of {@code test}.
   *
   * @throws InvalidInputException if {@code test} is empty, has other features than the training
   *     set or more classes
   */
  public Score score(LabelledSet test) {
    check(test);
    int[][] counts = new int[classes()][classes()];
    double loss = 0;
    double[] x = new double[columns()];
    double[] scores = new double[classes()];
    for (int i = 0; i < test.rows(); i++) {
      test.features().copyRow(i, x);
      scoresOf(x, scores);
      int label = test.label(i);
      counts[label][indexOfMax(scores)]++;
      double score = scores[label];
      loss += Softmax.normalize(scores, 0, scores.length) - score;
    }
    return new Score(ConfusionMatrix.of(counts), loss / test.rows());
  }

  /** The class that each row of {@code test} is taken for, as {@link #score} counts it. */
  public List<Integer> predict(LabelledSet test) {
    check(test);
    double[] x = new double[columns()];
    double[] scores = new double[classes()];
    List<Integer> predicted = new ArrayList<>(test.rows());
    for (int i = 0; i < test.rows(); i++) {
      test.features().copyRow(i, x);
      scoresOf(x, scores);
      predicted.add(indexOfMax(scores));
    }
    return predicted;
  }

  private void check(LabelledSet test) {
    if (test.features().columns() != columns() || test.classes() != classes()) {
      throw new IllegalArgumentException(
          "%s: expected %d features and %d classes, got %d and %d"
              .formatted(
                  test.name(), columns(), classes(), test.features().columns(), test.classes()));
    }
  }

  private void scoresOf(double[] x, double[] scores) {
    for (int k = 0, at = 0; k < scores.length; k++) {
      double sum = intercepts[k];
      for (int j = 0; j < x.length; j++, at++) {
        sum += weights[at] * x[j];
      }
      scores[k] = sum;
    }
  }

  private static int indexOfMax(double[] scores) {
    int best = 0;
    for (int k = 1; k < scores.length; k++) {
      if (scores[k] > scores[best]) {
        best = k;
      }
    }
    return best;
  }
}
