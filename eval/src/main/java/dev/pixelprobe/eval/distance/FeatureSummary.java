package dev.pixelprobe.eval.distance;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one set of images by one extractor: the statistics of all of them and, for the
 * metrics that need features, the features of all or of a part drawn at random.
 *
 * @param name what messages call the set: a file or folder
 * @param stats of all images
 * @param images how many there are; null if only their statistics are known
 * @param kept features of some or all of the images; null if there are none
 * @param logits of a classifier, for the Inception Score, one row per kept image; null if there are
 *     none
 */
public record FeatureSummary(
    String name,
    GaussianStats stats,
    @Nullable Integer images,
    @Nullable Features kept,
    @Nullable Features logits) {
  public FeatureSummary {
    if (kept != null && (images == null || kept.rows() > images || kept.width() != stats.dim())) {
      throw new IllegalArgumentException(
          "%s: expected at most %s rows of %d features, got %d of %d"
              .formatted(name, images, stats.dim(), kept.rows(), kept.width()));
    }
    if (logits != null && (kept == null || kept.rows() != logits.rows())) {
      throw new IllegalArgumentException(
          "%s: expected logits of the images whose features are kept".formatted(name));
    }
  }

  /** Of images whose features are all at hand. */
  public static FeatureSummary of(Features features) {
    GaussianStats stats = Moments.of(features).toStats();
    return new FeatureSummary(features.name(), stats, features.rows(), features, null);
  }

  /** Of images of which nothing but their statistics is known. */
  public static FeatureSummary of(String name, GaussianStats stats) {
    return new FeatureSummary(name, stats, null, null, null);
  }

  /** Features per image. */
  public int width() {
    return stats.dim();
  }
}
