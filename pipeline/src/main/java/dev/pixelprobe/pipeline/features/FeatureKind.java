package dev.pixelprobe.pipeline.features;

import com.fasterxml.jackson.annotation.JsonValue;

/** What of a layer a feature is the mean of, over all positions. */
public enum FeatureKind {
  /** The normalised input of the block; of layer L the output of the last norm. The paper's. */
  LN_1("ln_1"),
  /** The residual stream itself: the input of the block; of layer L the output of the last one. */
  H("h");

  private final String label;

  FeatureKind(String label) {
    this.label = label;
  }

  /** {@code ln_1} or {@code h}, as in column names, manifests and flags. */
  @JsonValue
  public String label() {
    return label;
  }
}
