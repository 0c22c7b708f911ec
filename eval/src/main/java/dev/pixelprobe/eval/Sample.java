package dev.pixelprobe.eval;

import java.util.Arrays;

/**
 * Mean and spread of numbers.
 *
 * @param standardDeviation with divisor n - 1; 0 for a single number
 */
public record Sample(int n, double mean, double standardDeviation) {
  /** The sample of at least one number. */
  public static Sample of(double[] values) {
    double mean = Arrays.stream(values).sum() / values.length;
    double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
    double deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
    return new Sample(values.length, mean, deviation);
  }

  /** Standard error of the mean. */
  public double standardError() {
    return standardDeviation / Math.sqrt(n);
  }
}
