package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.LayerFeature;
import java.io.Serializable;
import java.util.List;

/**
 * What every row of a feature set holds besides its id and label.
 *
 * @param columns the layers, in the order in which {@link FeatureVectors} hold them
 * @param dim width d of one feature vector
 * @param nPx side of the square image that the model read, in pixels
 */
public record FeatureLayout(List<LayerFeature> columns, int dim, int nPx) implements Serializable {
  public FeatureLayout {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || columns.stream().distinct().count() != columns.size()) {
      throw new IllegalArgumentException(
          "columns: expected at least one and none twice, got " + columns);
    }
    if (dim < 1 || nPx < 1) {
      throw new IllegalArgumentException(
          "layout: expected dim and n_px of 1 or more, got %d and %d".formatted(dim, nPx));
    }
  }

  /** Every layer of every kind, kind by kind. */
  public static FeatureLayout of(
      List<LayerFeature.Kind> kinds, List<Integer> layers, int dim, int nPx) {
    List<LayerFeature> columns =
        kinds.stream()
            .flatMap(kind -> layers.stream().map(layer -> new LayerFeature(kind, layer)))
            .toList();
    return new FeatureLayout(columns, dim, nPx);
  }

  /** Tokens of one image: n_px squared. */
  public int positions() {
    return nPx * nPx;
  }
}
