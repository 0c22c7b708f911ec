package dev.pixelprobe.eval;

import java.util.List;

/**
 * What a probe must beat. {@code pixels} and {@code colour_histogram} are other features for the
 * same {@link LinearProbe}.
 */
public final class Baselines {
  private Baselines() {}

  /**
   * The class most frequent in training, for every image. That is a probe without features: its
   * probabilities are the shares of the classes.
   */
  public static ProbeResult majority(LabelledSet train, boolean[] heldOut, LabelledSet test) {
    LinearProbe probe = LinearProbe.with(new LinearProbe.Options(List.of(1.0), false));
    return probe.evaluate(blind(train), heldOut, blind(test)).ofBaseline("majority");
  }

  private static LabelledSet blind(LabelledSet set) {
    return set.withFeatures(Matrix.wrap(new float[0], set.rows(), 0));
  }

  /**
   * How many pixels of each colour every image has.
   *
   * @param images the token of each pixel, image by image
   * @return images x colours
   * @throws InvalidInputException for a token outside the palette
   */
  public static Matrix colourHistograms(List<int[]> images, int colours) {
    float[] counts = new float[Math.multiplyExact(images.size(), colours)];
    for (int i = 0; i < images.size(); i++) {
      for (int token : images.get(i)) {
        if (token < 0 || token >= colours) {
          throw new InvalidInputException(
              "tokens: expected 0 to %d, got %d in image %d; tokenize with this palette"
                  .formatted(colours - 1, token, i));
        }
        counts[i * colours + token]++;
      }
    }
    return Matrix.wrap(counts, images.size(), colours);
  }
}
