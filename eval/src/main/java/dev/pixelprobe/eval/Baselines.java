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
  public static ProbeOutcome majority(LabelledSet train, boolean[] heldOut, LabelledSet test) {
    LinearProbe probe = LinearProbe.with(new LinearProbe.Options(List.of(1.0), false));
    return probe.evaluateEach(blind(train), heldOut, blind(test)).of(Subject.baseline("majority"));
  }

  private static LabelledSet blind(LabelledSet set) {
    return set.withFeatures(Matrix.wrap(new float[0], set.rows(), 0));
  }
}
