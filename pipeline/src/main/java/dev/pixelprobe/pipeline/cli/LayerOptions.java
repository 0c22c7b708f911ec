package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.LayerFeature;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which activations of which layers. */
final class LayerOptions {
  @Option(
      names = "--layers",
      paramLabel = "all|0,4,8",
      defaultValue = "all",
      description = "layers 0 to n_layer, of which only as many blocks run as needed; default all")
  private String layers = "all";

  @Option(
      names = "--features",
      paramLabel = "ln_1|h",
      defaultValue = "ln_1",
      description =
          "a block's normalised input, as in the paper (ln_1), or the residual stream itself (h);"
              + " default ${DEFAULT-VALUE}")
  private String features = "ln_1";

  List<LayerFeature.Kind> kinds() {
    return Stream.of(features.split(",", -1)).map(LayerOptions::kind).distinct().toList();
  }

  private static LayerFeature.Kind kind(String label) {
    return LayerFeature.Kind.ofLabel(label.strip())
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "--features: expected ln_1 or h, got %s".formatted(label)));
  }

  /** Ascending, none twice. */
  List<Integer> layers(Architecture architecture) {
    if (layers.equals("all")) {
      return IntStream.rangeClosed(0, architecture.nLayer()).boxed().toList();
    }
    return Stream.of(layers.split(",", -1))
        .map(layer -> layer(layer.strip(), architecture))
        .distinct()
        .sorted()
        .toList();
  }

  private static int layer(String text, Architecture architecture) {
    int layer = text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
    if (layer < 0 || layer > architecture.nLayer()) {
      throw new InvalidInputException(
          "--layers: expected all, or layers of 0..%d, got %s; `pixelprobe model inspect` shows them"
              .formatted(architecture.nLayer(), text));
    }
    return layer;
  }

  /** Every wanted feature, kind by kind. */
  List<LayerFeature> features(Architecture architecture) {
    return kinds().stream()
        .flatMap(kind -> layers(architecture).stream().map(layer -> new LayerFeature(kind, layer)))
        .toList();
  }
}
