package dev.pixelprobe.eval;

import java.util.Arrays;

/**
 * Features with a class for every row. Checked once, here: as many labels as rows, every label a
 * class, every feature finite.
 */
public final class LabelledSet {
  private final String name;
  private final Matrix features;
  private final int[] labels;
  private final int classes;

  private LabelledSet(String name, Matrix features, int[] labels, int classes) {
    this.name = name;
    this.features = features;
    this.labels = labels;
    this.classes = classes;
  }

  /**
   * Checks and copies the labels; the features are shared.
   *
   * @param name what messages call this set: a split or a file
   * @param labels one class per row, 0 to {@code classes - 1}
   * @throws InvalidInputException if rows and labels differ in number, a label is no class or a
   *     feature is not finite
   */
  public static LabelledSet of(String name, Matrix features, int[] labels, int classes) {
    if (labels.length != features.rows()) {
      throw new InvalidInputException(
          "%s: expected one label per row, got %d labels for %d rows; pass labels of the same images"
              .formatted(name, labels.length, features.rows()));
    }
    checkLabels(name, labels, classes);
    checkFinite(name, features);
    return new LabelledSet(name, features, labels.clone(), classes);
  }

  private static void checkLabels(String name, int[] labels, int classes) {
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new InvalidInputException(
            "%s: expected labels 0 to %d, got %d at row %d; check the labels or the number of classes"
                .formatted(name, classes - 1, labels[i], i));
      }
    }
  }

  private static void checkFinite(String name, Matrix features) {
    for (int i = 0; i < features.rows(); i++) {
      for (int j = 0; j < features.columns(); j++) {
        if (!Float.isFinite(features.get(i, j))) {
          throw new InvalidInputException(
              "%s: expected finite features, got %s at row %d, column %d; extract the features again"
                  .formatted(name, features.get(i, j), i, j));
        }
      }
    }
  }

  public String name() {
    return name;
  }

  public Matrix features() {
    return features;
  }

  /** The class of row {@code row}. */
  public int label(int row) {
    return labels[row];
  }

  public int rows() {
    return labels.length;
  }

  public int classes() {
    return classes;
  }

  /** How many rows each class has. */
  int[] classCounts() {
    int[] counts = new int[classes];
    for (int label : labels) {
      counts[label]++;
    }
    return counts;
  }

  /** The given rows, in the given order. */
  public LabelledSet select(int[] rows) {
    int[] selected = Arrays.stream(rows).map(row -> labels[row]).toArray();
    return new LabelledSet(name, features.select(rows), selected, classes);
  }

  /** The same labels with other features, one row of them per label. */
  LabelledSet withFeatures(Matrix other) {
    return of(name, other, labels, classes);
  }
}
