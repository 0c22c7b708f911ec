package dev.pixelprobe.eval;

import java.util.Random;

/** Random classification problems. */
final class Samples {
  private Samples() {}

  /**
   * Correlated features whose spread falls like 1/j along random directions, and classes that a
   * noisy linear rule gives them.
   */
  static LabelledSet noisyClasses(int rows, int columns, int classes, long seed) {
    Random random = new Random(seed);
    double[][] mixing = gaussians(columns, columns, random);
    double[][] rule = gaussians(classes, columns, random);
    float[] x = new float[rows * columns];
    int[] labels = new int[rows];
    for (int i = 0; i < rows; i++) {
      double[] z = new double[columns];
      for (int j = 0; j < columns; j++) {
        z[j] = random.nextGaussian() / (1 + j);
      }
      for (int j = 0; j < columns; j++) {
        x[i * columns + j] = (float) (3 + Lbfgs.dot(mixing[j], z));
      }
      labels[i] = noisyBest(rule, z, random);
    }
    return LabelledSet.of("random", Matrix.wrap(x, rows, columns), labels, classes);
  }

  private static int noisyBest(double[][] rule, double[] z, Random random) {
    int best = 0;
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < rule.length; k++) {
      double gumbel = -Math.log(-Math.log(random.nextDouble()));
      double score = Lbfgs.dot(rule[k], z) + gumbel;
      if (score > bestScore) {
        best = k;
        bestScore = score;
      }
    }
    return best;
  }

  private static double[][] gaussians(int rows, int columns, Random random) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return values;
  }
}
