package dev.pixelprobe.eval.distance;

import dev.pixelprobe.eval.Matrix;
import java.util.Random;
import java.util.stream.IntStream;

/** Random features. */
final class Draws {
  private Draws() {}

  /** Independent normal features: column j has the given mean and deviation[j]. */
  static Features normal(int rows, double mean, double[] deviation, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * deviation.length];
    for (int at = 0; at < values.length; at++) {
      values[at] = (float) (mean + deviation[at % deviation.length] * random.nextGaussian());
    }
    return Features.of("draw", Matrix.wrap(values, rows, deviation.length));
  }

  static double[] deviations(int dim, double first, double ratio) {
    return IntStream.range(0, dim).mapToDouble(j -> first * Math.pow(ratio, j)).toArray();
  }

  static Features of(int columns, float... values) {
    return Features.of("literal", Matrix.wrap(values, values.length / columns, columns));
  }

  static GaussianStats stats(Features features) {
    return Moments.of(features).toStats();
  }

  /** x Q + shift with Q a product of plane rotations, in float64. */
  static GaussianStats movedStats(Features x, double angle, double shift) {
    GaussianStats stats = stats(x);
    int d = stats.dim();
    double[] mean = stats.meanValues();
    double[] sigma = stats.covarianceValues();
    for (int a = 0; a + 1 < d; a++) {
      rotate(mean, 1, d, a, angle);
      rotate(sigma, d, d, a, angle);
      transpose(sigma, d);
      rotate(sigma, d, d, a, angle);
    }
    for (int j = 0; j < d; j++) {
      mean[j] += shift;
    }
    return GaussianStats.of("moved", mean, sigma);
  }

  private static void rotate(double[] rows, int count, int d, int a, double angle) {
    for (int i = 0; i < count; i++) {
      double u = rows[i * d + a];
      double v = rows[i * d + a + 1];
      rows[i * d + a] = Math.cos(angle) * u - Math.sin(angle) * v;
      rows[i * d + a + 1] = Math.sin(angle) * u + Math.cos(angle) * v;
    }
  }

  private static void transpose(double[] square, int d) {
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        double value = square[i * d + j];
        square[i * d + j] = square[j * d + i];
        square[j * d + i] = value;
      }
    }
  }
}
