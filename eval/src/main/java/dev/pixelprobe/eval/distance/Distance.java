package dev.pixelprobe.eval.distance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One metric of generated images, as in results.json.
 *
 * @param metric fid, kid, inception_score, precision, recall, density, coverage, fid_infinity or
 *     palette_floor
 * @param extractor what made the features
 * @param dim features per image; of the Inception Score, classes
 * @param deviation over subsets or splits; null where there is none
 * @param ci95 by bootstrap; null where there is none
 * @param nReal real images used; 0 for the Inception Score, null if only their statistics are known
 * @param nFake generated images used; of the palette floor, quantised ones; null if only their
 *     statistics are known
 * @param warnings what a reader of the value should know
 */
public record Distance(
    String metric,
    String extractor,
    int dim,
    double value,
    @Nullable Double deviation,
    @Nullable Interval ci95,
    @Nullable Integer nReal,
    @Nullable Integer nFake,
    List<String> warnings) {
  /** How the extractor's name begins if it is the network that FID and KID are named for. */
  public static final String INCEPTION = "inception-2015-12-05";

  public Distance {
    warnings = List.copyOf(warnings);
  }

  /**
   * Whether the features are those that FID and KID are named for. Where people read them,
   * distances by others go by other names.
   */
  public boolean byInception() {
    return extractor.startsWith(INCEPTION);
  }

  Distance withWarnings(List<String> others) {
    return new Distance(metric, extractor, dim, value, deviation, ci95, nReal, nFake, others);
  }
}
