package dev.pixelprobe.eval;

/**
 * Scales every column to mean 0 and deviation 1 by the statistics of the rows it was fitted on, as
 * scikit-learn's StandardScaler: deviation with divisor n, constant columns only centred.
 */
public final class Standardizer {
  private final double[] means;
  private final double[] scales;

  private Standardizer(double[] means, double[] scales) {
    this.means = means;
    this.scales = scales;
  }

  /** Mean and deviation of each column of {@code x}, in double and in two passes. */
  public static Standardizer fit(Matrix x) {
    double[] means = columnMeans(x);
    double[] scales = new double[x.columns()];
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < scales.length; j++) {
        double difference = x.get(i, j) - means[j];
        scales[j] += difference * difference;
      }
    }
    for (int j = 0; j < scales.length; j++) {
      double deviation = Math.sqrt(scales[j] / x.rows());
      scales[j] = isRounding(deviation, means[j], x.rows()) ? 1 : deviation;
    }
    return new Standardizer(means, scales);
  }

  static double[] columnMeans(Matrix x) {
    double[] means = new double[x.columns()];
    for (int i = 0; i < x.rows(); i++) {
      for (int j = 0; j < means.length; j++) {
        means[j] += x.get(i, j);
      }
    }
    for (int j = 0; j < means.length; j++) {
      means[j] /= x.rows();
    }
    return means;
  }

  /** A constant column's mean may miss the constant by rounding; its deviation is that error. */
  private static boolean isRounding(double deviation, double mean, int rows) {
    return deviation <= rows * Math.ulp(1.0) * Math.abs(mean);
  }

  /** {@code (x - mean) / deviation} of each column, as float32. */
  public Matrix apply(Matrix x) {
    if (x.columns() != means.length) {
      throw new IllegalArgumentException(
          "features: expected %d columns, got %d".formatted(means.length, x.columns()));
    }
    float[] scaled = new float[x.rows() * x.columns()];
    for (int i = 0, at = 0; i < x.rows(); i++) {
      for (int j = 0; j < means.length; j++, at++) {
        scaled[at] = (float) ((x.get(i, j) - means[j]) / scales[j]);
      }
    }
    return Matrix.wrap(scaled, x.rows(), x.columns());
  }
}
