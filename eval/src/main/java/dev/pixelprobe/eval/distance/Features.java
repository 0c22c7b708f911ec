package dev.pixelprobe.eval.distance;

import dev.pixelprobe.eval.InvalidInputException;
import dev.pixelprobe.eval.Matrix;

/** Features of at least two images, all finite: one row per image. */
public final class Features {
  private final String name;
  private final Matrix values;

  private Features(String name, Matrix values) {
    this.name = name;
    this.values = values;
  }

  /**
   * Checked features.
   *
   * @param name what messages call them: a file or folder
   * @throws InvalidInputException with fewer than two rows, without a column, or with a number that
   *     is not finite
   */
  public static Features of(String name, Matrix values) {
    if (values.rows() < 2 || values.columns() < 1) {
      throw new InvalidInputException(
          "%s: expected at least 2 rows of at least 1 feature, got %d rows of %d; pass one row per image"
              .formatted(name, values.rows(), values.columns()));
    }
    checkFinite(name, values, 0);
    return new Features(name, values);
  }

  static void checkFinite(String name, Matrix values, long firstRow) {
    for (int i = 0; i < values.rows(); i++) {
      for (int j = 0; j < values.columns(); j++) {
        if (!Float.isFinite(values.get(i, j))) {
          throw new InvalidInputException(
              "%s: expected finite features, got %s at row %d, column %d; extract the features again"
                  .formatted(name, values.get(i, j), firstRow + i, j));
        }
      }
    }
  }

  public String name() {
    return name;
  }

  public Matrix values() {
    return values;
  }

  public int rows() {
    return values.rows();
  }

  public int width() {
    return values.columns();
  }
}
