package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.model.Precision;
import dev.pixelprobe.pipeline.extract.FrozenModel;
import dev.pixelprobe.pipeline.features.FeatureColumn;
import org.jspecify.annotations.Nullable;

/**
 * What turns images into the vectors that are compared.
 *
 * @param column of the model that is compared
 * @param logits column with a classifier's logits, for the Inception Score; null if it has none
 * @param name of model and tap, as in results; begins with {@link
 *     dev.pixelprobe.eval.distance.Distance#INCEPTION} if it is that network
 * @param resizing how images are brought to the size the model reads, as in results
 */
public record Extractor(
    FrozenModel model,
    FeatureColumn column,
    @Nullable FeatureColumn logits,
    String name,
    String resizing) {
  public Extractor {
    requireColumn(model, column);
    if (logits != null) {
      requireColumn(model, logits);
    }
  }

  private static void requireColumn(FrozenModel model, FeatureColumn column) {
    if (!model.columns().contains(column)) {
      throw new IllegalArgumentException(
          "extractor: expected a column of %s, got %s".formatted(model.columns(), column.name()));
    }
  }

  /**
   * All that a score depends on besides the images: {@code igpt-xs-16px ln_1_4, PIL bilinear
   * (antialiased, 8 bits) to 16 px}.
   */
  public String label() {
    String arithmetic =
        model.precision() == Precision.F32 ? "" : " in " + model.precision().label();
    return name + arithmetic + ", " + resizing;
  }

  /** Where one of the columns stands among all of the model's. */
  TapFn.Range range(FeatureColumn wanted) {
    int from = 0;
    for (FeatureColumn before : model.columns()) {
      if (before.equals(wanted)) {
        break;
      }
      from += before.dim();
    }
    return new TapFn.Range(from, from + wanted.dim());
  }
}
