package dev.pixelprobe.eval.distance;

import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.NativeMatrix;
import org.jspecify.annotations.Nullable;

/**
 * Mean kernels of one subset and of its weighted resamples: Σ w(i) v(j) k(i, j) / Σ w(i) v(j),
 * where a pair of an image with itself does not count.
 */
final class KernelSums {
  private final int size;
  private final int columns; // one of ones, then one per resample
  private final double[] realWeights; // columns x size
  private final double[] fakeWeights;

  KernelSums(int[] realRows, int[] fakeRows, @Nullable Bootstrap bootstrap) {
    size = realRows.length;
    columns = 1 + (bootstrap == null ? 0 : bootstrap.resamples());
    realWeights = weights(realRows, Bootstrap.Side.REAL, bootstrap);
    fakeWeights = weights(fakeRows, Bootstrap.Side.FAKE, bootstrap);
  }

  private double[] weights(int[] rows, Bootstrap.Side side, @Nullable Bootstrap bootstrap) {
    double[] weights = new double[columns * size];
    double[] ofRow = new double[columns - 1];
    for (int i = 0; i < size; i++) {
      weights[i] = 1;
      if (bootstrap != null) {
        bootstrap.weigh(side, rows[i], ofRow);
        for (int b = 1; b < columns; b++) {
          weights[b * size + i] = ofRow[b - 1];
        }
      }
    }
    return weights;
  }

  /** mean k(x, x') + mean k(y, y') - 2 mean k(x, y), first plain, then of each resample. */
  double[] distances(Matrix x, Matrix y) {
    try (NativeMatrix nativeX = load(x);
        NativeMatrix nativeY = load(y)) {
      double[] xx = means(nativeX, nativeX, realWeights, realWeights);
      double[] yy = means(nativeY, nativeY, fakeWeights, fakeWeights);
      double[] xy = means(nativeX, nativeY, realWeights, fakeWeights);
      double[] distances = new double[columns];
      for (int b = 0; b < columns; b++) {
        distances[b] = xx[b] + yy[b] - 2 * xy[b];
      }
      return distances;
    }
  }

  private static NativeMatrix load(Matrix x) {
    double[] values = new double[x.rows() * x.columns()];
    for (int i = 0, at = 0; i < x.rows(); i++) {
      for (int j = 0; j < x.columns(); j++, at++) {
        values[at] = x.get(i, j);
      }
    }
    NativeMatrix result = NativeMatrix.zeros(x.rows(), x.columns());
    result.set(values);
    return result;
  }

  private double[] means(NativeMatrix x, NativeMatrix y, double[] w, double[] v) {
    boolean same = x == y;
    double[] weighted = new double[columns * size];
    try (NativeMatrix k = NativeMatrix.zeros(size, size);
        NativeMatrix left = NativeMatrix.zeros(columns, size);
        NativeMatrix product = NativeMatrix.zeros(columns, size)) {
      NativeMatrix.multiplyTransposed(x, y, k);
      toKernel(k, x.columns(), same);
      left.set(w);
      NativeMatrix.multiply(left, k, product);
      product.get(weighted);
    }
    double[] means = new double[columns];
    for (int b = 0; b < columns; b++) {
      means[b] = mean(b * size, weighted, w, v, same);
    }
    return means;
  }

  /** (x·y/d + 1)³ in the place of x·y, and 0 for an image with itself. */
  private void toKernel(NativeMatrix dots, int d, boolean same) {
    double[] k = new double[size * size];
    dots.get(k);
    for (int at = 0; at < k.length; at++) {
      double base = k[at] / d + 1;
      k[at] = base * base * base;
    }
    for (int i = 0; same && i < size; i++) {
      k[i * size + i] = 0;
    }
    dots.set(k);
  }

  private double mean(int from, double[] weighted, double[] w, double[] v, boolean same) {
    double sum = 0;
    double leftTotal = 0;
    double rightTotal = 0;
    double ownPairs = 0;
    for (int at = from; at < from + size; at++) {
      sum += weighted[at] * v[at];
      leftTotal += w[at];
      rightTotal += v[at];
      ownPairs += w[at] * v[at];
    }
    double pairs = leftTotal * rightTotal - (same ? ownPairs : 0);
    return pairs == 0 ? 0 : sum / pairs;
  }
}
