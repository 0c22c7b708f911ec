package dev.pixelprobe.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * One feature of an image: an activation of one layer, averaged over all positions.
 *
 * <p>Layers are counted 0..n_layer. {@code h} of layer l is what enters block l, of layer n_layer
 * what leaves the last block. {@code ln_1} of layer l is block l's first norm of that, of layer
 * n_layer the final norm of it. The paper's feature is {@code ln_1} (Chen et al. 2020, Generative
 * Pretraining from Pixels).
 */
public record LayerFeature(Kind kind, int layer) implements Comparable<LayerFeature>, Serializable {
  private static final Comparator<LayerFeature> ORDER =
      Comparator.comparing(LayerFeature::kind).thenComparingInt(LayerFeature::layer);

  /** Which activation of a layer. */
  public enum Kind {
    /** The normalised input of a block: the paper's feature. */
    LN_1,
    /** The residual stream itself. */
    H;

    /** {@code ln_1} or {@code h}, as in flags, signatures and feature sets. */
    @JsonValue
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> ofLabel(String label) {
      for (Kind kind : values()) {
        if (kind.label().equals(label)) {
          return Optional.of(kind);
        }
      }
      return Optional.empty();
    }
  }

  /** {@code ln_1_4}: the name in signatures and feature sets. */
  public String label() {
    return kind.label() + "_" + layer;
  }

  @Override
  public int compareTo(LayerFeature other) {
    return ORDER.compare(this, other);
  }
}
