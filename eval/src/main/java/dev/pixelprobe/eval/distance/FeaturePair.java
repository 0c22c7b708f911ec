package dev.pixelprobe.eval.distance;

import dev.pixelprobe.eval.InvalidInputException;

/** The features of real and of generated images, by one extractor. */
public record FeaturePair(Features real, Features fake) {
  /**
   * Checks that both have the same width.
   *
   * @throws InvalidInputException if not
   */
  public FeaturePair {
    requireWidth(fake.name(), real.width(), fake.width());
  }

  static void requireWidth(String name, int expected, int actual) {
    if (actual != expected) {
      throw new InvalidInputException(
          "%s: expected %d features as the real images have, got %d; use one extractor for both"
              .formatted(name, expected, actual));
    }
  }

  public int width() {
    return real.width();
  }

  /** Rows of the smaller side. */
  int fewerRows() {
    return Math.min(real.rows(), fake.rows());
  }
}
