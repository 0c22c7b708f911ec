package dev.pixelprobe.pipeline.extract;

import java.util.Optional;

/**
 * How well the model predicts one image.
 *
 * @param id see {@link dev.pixelprobe.pipeline.data.ImageId#toString}
 * @param natsPerToken mean cross-entropy over the image's tokens
 */
record ImageScore(String id, float natsPerToken) {
  /** What is wrong with it, if anything. */
  Optional<String> complaint() {
    return complaint(natsPerToken);
  }

  static Optional<String> complaint(float natsPerToken) {
    return Float.isFinite(natsPerToken)
        ? Optional.empty()
        : Optional.of("expected a finite score, got %s nats per token".formatted(natsPerToken));
  }

  /** The number in full, then the id, which may hold anything but a line break. */
  String toLine() {
    return natsPerToken + " " + id;
  }

  static ImageScore parse(String line) {
    int space = line.indexOf(' ');
    return new ImageScore(line.substring(space + 1), Float.parseFloat(line.substring(0, space)));
  }
}
