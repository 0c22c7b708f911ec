package dev.pixelprobe.eval;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** How often a row of one class was taken for another. In JSON a list of rows. */
public final class ConfusionMatrix {
  private final int[][] counts;

  private ConfusionMatrix(int[][] counts) {
    this.counts = counts;
  }

  /**
   * Counts classes x classes: row the label, column the prediction.
   *
   * @throws IllegalArgumentException if they are no square
   */
  @JsonCreator
  public static ConfusionMatrix of(int[][] counts) {
    if (Arrays.stream(counts).anyMatch(row -> row.length != counts.length)) {
      throw new IllegalArgumentException(
          "confusion: expected as many columns as rows, got %d rows".formatted(counts.length));
    }
    return new ConfusionMatrix(copy(counts));
  }

  /** The sum of several, place by place; they have the same classes. */
  static ConfusionMatrix sum(List<ConfusionMatrix> matrices) {
    int[][] sum = copy(matrices.get(0).counts);
    for (ConfusionMatrix matrix : matrices.subList(1, matrices.size())) {
      for (int k = 0; k < sum.length; k++) {
        for (int l = 0; l < sum.length; l++) {
          sum[k][l] += matrix.counts[k][l];
        }
      }
    }
    return new ConfusionMatrix(sum);
  }

  private static int[][] copy(int[][] counts) {
    return Arrays.stream(counts).map(int[]::clone).toArray(int[][]::new);
  }

  @JsonValue
  int[][] toRows() {
    return copy(counts);
  }

  public int classes() {
    return counts.length;
  }

  /** Rows of class {@code label} that were taken for class {@code predicted}. */
  public int count(int label, int predicted) {
    return counts[label][predicted];
  }

  /** The pairs that were confused most, the most frequent first. */
  public List<ConfusedPair> mostConfused(int most) {
    List<ConfusedPair> pairs = new ArrayList<>();
    for (int k = 0; k < counts.length; k++) {
      for (int l = 0; l < counts.length; l++) {
        if (k != l && counts[k][l] > 0) {
          pairs.add(new ConfusedPair(k, l, counts[k][l]));
        }
      }
    }
    pairs.sort(Comparator.comparingInt(ConfusedPair::count).reversed());
    return List.copyOf(pairs.subList(0, Math.min(most, pairs.size())));
  }

  public int correct() {
    int correct = 0;
    for (int k = 0; k < counts.length; k++) {
      correct += counts[k][k];
    }
    return correct;
  }

  public int total() {
    return Arrays.stream(counts).flatMapToInt(Arrays::stream).sum();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix that && Arrays.deepEquals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(counts);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(counts);
  }
}
