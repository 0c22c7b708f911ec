package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.data.ImageId;

/** Features are numbers: a probe of anything else would say nothing. */
final class FiniteFeatures {
  private FiniteFeatures() {}

  /**
   * Checks one vector.
   *
   * @param features what it is of, for the message
   * @param from index of its first number among {@code values}
   */
  static void check(ImageId image, String features, float[] values, int from, int dim) {
    for (int i = from; i < from + dim; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InvalidInputException(
            "image %s: expected finite features, got %s in %s at %d; check how images enter the model, or leave the features out"
                .formatted(image, values[i], features, i - from));
      }
    }
  }
}
