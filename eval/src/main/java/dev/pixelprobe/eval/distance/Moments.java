package dev.pixelprobe.eval.distance;

import dev.pixelprobe.eval.InvalidInputException;
import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.NativeMatrix;
import java.util.Arrays;
import java.util.List;

/**
 * Count, mean and scatter (the sum of (x - mean)(x - mean)ᵀ) of features, in float64. Parts are
 * merged pairwise: Chan, Golub &amp; LeVeque 1983. Sums of raw products, which lose the digits of a
 * small spread on a large mean, are never formed. Any order, batching or tree of merges gives the
 * same statistics up to rounding.
 *
 * <p>The memory is d² doubles and up to {@value #PENDING_ROWS} rows, whatever the number of images.
 * Mutable; for one thread at a time.
 */
public final class Moments {
  /** Rows that wait for the next matrix product: enough to make it worth the copy of d² numbers. */
  private static final int PENDING_ROWS = 512;

  private long count;
  private double[] mean = {};
  private double[] scatter = {}; // d x d, of which the upper triangle is kept up
  private float[] pending = {};
  private int pendingRows;
  private int dim = -1;

  private Moments() {}

  /** The moments of nothing; the first rows added tell the width. */
  public static Moments empty() {
    return new Moments();
  }

  /** The moments of all rows. */
  public static Moments of(Features features) {
    Moments moments = empty();
    moments.append(features.values());
    return moments;
  }

  /**
   * Adds every row.
   *
   * @throws InvalidInputException if a feature is not finite; the row named counts all rows added
   *     here before it
   */
  public void add(Matrix rows) {
    Features.checkFinite("features", rows, count());
    append(rows);
  }

  private void append(Matrix rows) {
    if (rows.rows() == 0) {
      return;
    }
    requireDim(rows.columns());
    double[] row = new double[dim];
    for (int i = 0; i < rows.rows(); i++) {
      rows.copyRow(i, row);
      room();
      for (int j = 0, at = pendingRows * dim; j < dim; j++, at++) {
        pending[at] = (float) row[j];
      }
      pendingRows++;
    }
  }

  /** Makes room for one more row. */
  private void room() {
    if (pendingRows == PENDING_ROWS) {
      flush();
    }
    if (pending.length < (pendingRows + 1) * dim) {
      int rows = Math.min(PENDING_ROWS, Math.max(16, 2 * pendingRows));
      pending = Arrays.copyOf(pending, Math.multiplyExact(rows, dim));
    }
  }

  private void requireDim(int columns) {
    if (dim < 0) {
      dim = columns;
      mean = new double[dim];
      scatter = new double[Math.multiplyExact(dim, dim)];
    }
    if (columns != dim) {
      throw new IllegalArgumentException(
          "features: expected %d columns, got %d".formatted(dim, columns));
    }
  }

  /** Adds all that {@code other} has seen; {@code other} stays what it was. */
  public void merge(Moments other) {
    other.flush();
    if (other.count > 0) {
      requireDim(other.dim);
      flush();
      for (int at = 0; at < scatter.length; at++) {
        scatter[at] += other.scatter[at];
      }
      shift(other.count, other.mean);
    }
  }

  private void flush() {
    if (pendingRows == 0) {
      return;
    }
    double[] batchMean = new double[dim];
    for (int i = 0, at = 0; i < pendingRows; i++) {
      for (int j = 0; j < dim; j++, at++) {
        batchMean[j] += pending[at];
      }
    }
    for (int j = 0; j < dim; j++) {
      batchMean[j] /= pendingRows;
    }
    double[] centred = new double[pendingRows * dim];
    for (int at = 0; at < centred.length; at++) {
      centred[at] = pending[at] - batchMean[at % dim];
    }
    try (NativeMatrix rows = NativeMatrix.zeros(pendingRows, dim);
        NativeMatrix sum = NativeMatrix.zeros(dim, dim)) {
      rows.set(centred);
      sum.set(scatter);
      sum.addGram(rows);
      sum.get(scatter);
    }
    shift(pendingRows, batchMean);
    pendingRows = 0;
  }

  /** Moves the mean towards that of {@code rows} more rows, whose own scatter is in already. */
  private void shift(long rows, double[] theirMean) {
    double total = (double) count + rows;
    double weight = count * (rows / total);
    double[] delta = new double[dim];
    for (int j = 0; j < dim; j++) {
      delta[j] = theirMean[j] - mean[j];
    }
    for (int i = 0; i < dim; i++) {
      for (int j = i, at = i * dim + i; j < dim; j++, at++) {
        scatter[at] += weight * delta[i] * delta[j];
      }
      mean[i] += delta[i] * (rows / total);
    }
    count += rows;
  }

  /** Rows seen. */
  public long count() {
    return count + pendingRows;
  }

  /**
   * Mean and covariance.
   *
   * @throws InvalidInputException of fewer than two rows
   */
  public GaussianStats toStats() {
    flush();
    if (count < 2) {
      throw new InvalidInputException(
          "features: expected at least 2 images, got %d; a covariance needs more".formatted(count));
    }
    double[] covariance = new double[scatter.length];
    for (int i = 0; i < dim; i++) {
      for (int j = i; j < dim; j++) {
        double value = scatter[i * dim + j] / (count - 1);
        covariance[i * dim + j] = value;
        covariance[j * dim + i] = value;
      }
    }
    return new GaussianStats(mean.clone(), covariance);
  }

  /** All that was seen, in pieces of about 1 MiB; none of nothing. */
  public List<MomentsBand> toBands() {
    flush();
    return count == 0 ? List.of() : MomentsBand.cut(count, mean, scatter);
  }

  /**
   * Puts pieces together again.
   *
   * @param bands each exactly once, in any order
   */
  public static Moments ofBands(List<MomentsBand> bands) {
    Moments moments = empty();
    int rows = 0;
    for (MomentsBand band : bands) {
      moments.requireDim(band.dim());
      moments.count = band.count();
      moments.mean = band.mean().clone();
      band.copyInto(moments.scatter);
      rows += band.end() - band.first();
    }
    if (rows != Math.max(0, moments.dim)) {
      throw new IllegalArgumentException(
          "bands: expected %d rows, got %d".formatted(moments.dim, rows));
    }
    return moments;
  }
}
