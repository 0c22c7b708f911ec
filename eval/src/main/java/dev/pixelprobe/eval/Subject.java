package dev.pixelprobe.eval;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a probe read.
 *
 * @param name of a baseline; null for a model's features
 * @param layer 0 to the model's number of layers; null for a baseline, several layers or an output
 * @param layers those whose features were put side by side, ascending; null otherwise
 * @param features what was read of the layers, {@code ln_1} or {@code h}, or the output's name;
 *     null for a baseline
 */
public record Subject(
    @Nullable String name,
    @Nullable Integer layer,
    @Nullable List<Integer> layers,
    @Nullable String features) {
  public Subject {
    layers = layers == null ? null : List.copyOf(layers);
  }

  public static Subject baseline(String name) {
    return new Subject(name, null, null, null);
  }

  public static Subject layer(int layer, String features) {
    return new Subject(null, layer, null, features);
  }

  /** Several layers' features side by side. */
  public static Subject layers(List<Integer> layers, String features) {
    return new Subject(null, null, layers, features);
  }

  /** A named output of a model without layers. */
  public static Subject output(String output) {
    return new Subject(null, null, null, output);
  }

  /**
   * For people: {@code ln_1 4}, {@code ln_1 10+11+12}, {@code pooler_output}, {@code colour
   * histogram}.
   */
  public String label() {
    if (name != null) {
      return name.replace('_', ' ');
    }
    if (layers != null) {
      return features
          + layers.stream().map(String::valueOf).collect(Collectors.joining("+", " ", ""));
    }
    return layer == null ? String.valueOf(features) : features + " " + layer;
  }
}
