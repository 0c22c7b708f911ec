package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.LayerFeature;
import java.io.Serializable;
import java.util.List;

/**
 * What every row of a feature set holds besides its id and label.
 *
 * @param columns in the order in which {@link FeatureVectors} hold their vectors
 * @param nPx side of the square of pixels and tokens that is kept, in pixels
 */
public record FeatureLayout(List<FeatureColumn> columns, int nPx) implements Serializable {
  public FeatureLayout {
    columns = List.copyOf(columns);
    if (columns.isEmpty()
        || columns.stream().map(FeatureColumn::name).distinct().count() != columns.size()) {
      throw new IllegalArgumentException(
          "columns: expected at least one and none twice, got " + columns);
    }
    if (nPx < 1) {
      throw new IllegalArgumentException("layout: expected n_px of 1 or more, got " + nPx);
    }
  }

  /** Every layer of every kind, kind by kind. */
  public static FeatureLayout of(
      List<LayerFeature.Kind> kinds, List<Integer> layers, int dim, int nPx) {
    List<FeatureColumn> columns =
        kinds.stream()
            .flatMap(kind -> layers.stream().map(layer -> new LayerFeature(kind, layer)))
            .map(feature -> FeatureColumn.of(feature, dim))
            .toList();
    return new FeatureLayout(columns, nPx);
  }

  /** Floats of one image, over all columns. */
  public int width() {
    return columns.stream().mapToInt(FeatureColumn::dim).sum();
  }

  /** Tokens of one image: n_px squared. */
  public int positions() {
    return nPx * nPx;
  }
}
