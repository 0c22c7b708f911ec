package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.pipeline.features.FeatureVectors;
import java.util.Comparator;

/**
 * What is kept of an image.
 *
 * @param hash by which it is drawn, see {@link Draw}
 * @param logits of a classifier; empty without one
 */
record FeatureRow(long hash, String id, FeatureVectors features, FeatureVectors logits) {
  /** In the order in which rows are drawn. */
  static final Comparator<FeatureRow> DRAWN_FIRST =
      Comparator.comparing(FeatureRow::hash, Long::compareUnsigned).thenComparing(FeatureRow::id);
}
