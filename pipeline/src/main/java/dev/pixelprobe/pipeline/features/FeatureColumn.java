package dev.pixelprobe.pipeline.features;

import java.io.Serializable;

/**
 * The features of one layer: one column of a feature set.
 *
 * @param layer 0 to L, both included
 */
public record FeatureColumn(FeatureKind kind, int layer) implements Serializable {
  public FeatureColumn {
    if (layer < 0) {
      throw new IllegalArgumentException("layer: expected 0 or more, got " + layer);
    }
  }

  /** {@code ln_1_0}, {@code h_12}. */
  public String name() {
    return kind.label() + "_" + layer;
  }
}
