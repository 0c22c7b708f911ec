package dev.pixelprobe.pipeline.extract;

import java.util.Optional;

/** Features are numbers: a probe of anything else would say nothing. */
final class FiniteFeatures {
  private FiniteFeatures() {}

  /**
   * What is wrong with one vector, if anything.
   *
   * @param features what it is of
   * @param from index of its first number among {@code values}
   */
  static Optional<String> complaint(String features, float[] values, int from, int dim) {
    for (int i = from; i < from + dim; i++) {
      if (!Float.isFinite(values[i])) {
        return Optional.of(
            "expected finite features, got %s in %s at %d; check how images enter the model, or leave the features out"
                .formatted(values[i], features, i - from));
      }
    }
    return Optional.empty();
  }
}
