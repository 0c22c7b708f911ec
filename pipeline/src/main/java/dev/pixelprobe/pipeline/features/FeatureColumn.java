package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.LayerFeature;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One kind of features: a Parquet column of a feature set, and one probe.
 *
 * @param name of the column: {@code ln_1_4}, or {@code output_} and the name of a model's output
 * @param dim width of one vector
 * @param layer of an Image GPT; null for an output of another model
 * @param features what was read of the layer, {@code ln_1} or {@code h}; else the output's name
 */
public record FeatureColumn(String name, int dim, @Nullable Integer layer, String features)
    implements Serializable {
  private static final String OUTPUT = "output_";

  public FeatureColumn {
    if (dim < 1) {
      throw new IllegalArgumentException(
          "column %s: expected a dim of 1 or more, got %d".formatted(name, dim));
    }
  }

  public static FeatureColumn of(LayerFeature feature, int dim) {
    return new FeatureColumn(feature.label(), dim, feature.layer(), feature.kind().label());
  }

  /** The column of a model's output, of whatever name. */
  public static FeatureColumn ofOutput(String output, int dim) {
    return new FeatureColumn(nameOfOutput(output), dim, null, output);
  }

  /** A name that no other column has and that a dotted path can hold: percent-encoded, dots too. */
  public static String nameOfOutput(String output) {
    String encoded = URLEncoder.encode(output, StandardCharsets.UTF_8);
    return OUTPUT + encoded.replace(".", "%2E").replace("*", "%2A");
  }
}
