package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.eval.IdHash;
import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.eval.distance.Features;
import dev.pixelprobe.eval.distance.Moments;
import dev.pixelprobe.pipeline.features.FeatureTable;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Of which images the features are kept: those with the smallest hash of id and seed, in that
 * order. Runner, parallelism and the order of the images have no say.
 *
 * @param maxFeatures how many images at most; 0 for none, else at least 2
 */
public record Draw(int maxFeatures, long seed) implements Serializable {
  public static final int DEFAULT_FEATURES = 10_000;

  public Draw {
    if (maxFeatures < 0 || maxFeatures == 1) {
      throw new IllegalArgumentException(
          "features kept: expected 0, 2 or more, got " + maxFeatures);
    }
  }

  long hash(String id) {
    return IdHash.of(id, seed);
  }

  /** No features: statistics alone. */
  Draw nothing() {
    return new Draw(0, seed);
  }

  /**
   * The summary of features at hand: the same as a pipeline makes of the same images, up to the
   * rounding of its statistics.
   *
   * @param name what messages call them
   */
  public FeatureSummary summarize(String name, FeatureTable table) {
    Features all = Features.of(name, Matrix.wrap(table.values(), table.rows(), table.width()));
    Features kept = null;
    if (maxFeatures > 0) {
      int[] drawn = rows(table.ids());
      kept = Features.of(name, all.values().select(drawn));
    }
    return new FeatureSummary(name, Moments.of(all).toStats(), table.rows(), kept, null);
  }

  private int[] rows(List<String> ids) {
    long[] hashes = ids.stream().mapToLong(this::hash).toArray();
    Comparator<Integer> byHash =
        Comparator.<Integer, Long>comparing(row -> hashes[row], Long::compareUnsigned)
            .thenComparing(ids::get);
    return IntStream.range(0, hashes.length)
        .boxed()
        .sorted(byHash)
        .limit(maxFeatures)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
