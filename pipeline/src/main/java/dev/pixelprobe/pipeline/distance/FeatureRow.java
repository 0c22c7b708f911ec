package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.pipeline.features.FeatureVectors;
import java.io.Serializable;
import java.util.Comparator;

/**
 * What is kept of an image.
 *
 * @param hash by which it is drawn, see {@link Draw}
 * @param logits of a classifier; empty without one
 */
record FeatureRow(long hash, String id, FeatureVectors features, FeatureVectors logits) {

  /** The smallest hash last, so that it is the greatest row; by id where hashes are equal. */
  static final class SmallestHashIsGreatest implements Comparator<FeatureRow>, Serializable {
    @Override
    public int compare(FeatureRow a, FeatureRow b) {
      int byHash = Long.compareUnsigned(b.hash, a.hash);
      return byHash != 0 ? byHash : b.id.compareTo(a.id);
    }
  }
}
