package dev.pixelprobe.eval.distance;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Some rows of {@link Moments}: count, mean, and a band of the scatter's upper triangle. Bands of
 * the same rows add up without the others, so that no piece of a distributed sum is large however
 * wide the features are. Immutable.
 */
public final class MomentsBand {
  /** About as many numbers of the scatter as one band has: 1 MiB. */
  private static final int NUMBERS = 1 << 17;

  private final int dim;
  private final int first;
  private final int end;
  private final long count;
  private final double[] mean;
  private final double[] scatter; // rows first to end - 1, each from its diagonal on

  private MomentsBand(int dim, int first, int end, long count, double[] mean, double[] scatter) {
    this.dim = dim;
    this.first = first;
    this.end = end;
    this.count = count;
    this.mean = mean;
    this.scatter = scatter;
  }

  /**
   * All bands of moments; where they begin depends on the width alone.
   *
   * @param scatter d x d, of which the upper triangle is read
   */
  static List<MomentsBand> cut(long count, double[] mean, double[] scatter) {
    int d = mean.length;
    List<MomentsBand> bands = new ArrayList<>();
    for (int first = 0, end; first < d; first = end) {
      end = end(d, first);
      double[] rows = new double[size(d, first, end)];
      for (int i = first, at = 0; i < end; at += d - i, i++) {
        System.arraycopy(scatter, i * d + i, rows, at, d - i);
      }
      bands.add(new MomentsBand(d, first, end, count, mean.clone(), rows));
    }
    return bands;
  }

  private static int end(int d, int first) {
    int end = first + 1;
    while (end < d && size(d, first, end + 1) <= NUMBERS) {
      end++;
    }
    return end;
  }

  /** Numbers in rows first to end - 1. */
  private static int size(int d, int first, int end) {
    return (int) ((long) (end - first) * (2L * d - first - end + 1) / 2);
  }

  /** First row of the scatter. */
  public int first() {
    return first;
  }

  /** Rows and columns of the whole scatter. */
  public int dim() {
    return dim;
  }

  /** Row of the scatter behind the last. */
  public int end() {
    return end;
  }

  long count() {
    return count;
  }

  double[] mean() {
    return mean;
  }

  /** Puts the rows where they belong in a d x d scatter. */
  void copyInto(double[] whole) {
    for (int i = first, at = 0; i < end; at += dim - i, i++) {
      System.arraycopy(scatter, at, whole, i * dim + i, dim - i);
    }
  }

  /** The same band of both sets together. */
  public MomentsBand plus(MomentsBand other) {
    if (other.dim != dim || other.first != first) {
      throw new IllegalArgumentException(
          "band: expected row %d of %d, got %d of %d"
              .formatted(first, dim, other.first, other.dim));
    }
    double total = (double) count + other.count;
    double weight = count * (other.count / total);
    double[] delta = new double[dim];
    double[] mergedMean = new double[dim];
    for (int j = 0; j < dim; j++) {
      delta[j] = other.mean[j] - mean[j];
      mergedMean[j] = mean[j] + delta[j] * (other.count / total);
    }
    double[] merged = new double[scatter.length];
    for (int i = first, at = 0; i < end; i++) {
      for (int j = i; j < dim; j++, at++) {
        merged[at] = scatter[at] + other.scatter[at] + weight * delta[i] * delta[j];
      }
    }
    return new MomentsBand(dim, first, end, count + other.count, mergedMean, merged);
  }

  /** Width, rows, count, mean and scatter, big-endian: what a coder writes. */
  public byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.toIntExact(20 + 8L * (mean.length + scatter.length)));
    bytes.putInt(dim).putInt(first).putInt(end).putLong(count);
    bytes.asDoubleBuffer().put(mean).put(scatter);
    return bytes.array();
  }

  /** What {@link #toBytes} wrote. */
  public static MomentsBand ofBytes(byte[] written) {
    ByteBuffer bytes = ByteBuffer.wrap(written);
    int dim = bytes.getInt();
    int first = bytes.getInt();
    int end = bytes.getInt();
    long count = bytes.getLong();
    double[] mean = new double[dim];
    double[] scatter = new double[size(dim, first, end)];
    bytes.asDoubleBuffer().get(mean).get(scatter);
    return new MomentsBand(dim, first, end, count, mean, scatter);
  }
}
