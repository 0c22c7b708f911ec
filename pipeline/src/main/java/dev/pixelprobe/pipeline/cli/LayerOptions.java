package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.pipeline.features.FeatureColumn;
import dev.pixelprobe.pipeline.probe.LayerChoice;
import dev.pixelprobe.pipeline.probe.ProbeInput;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which activations of which layers. */
final class LayerOptions {
  @Mixin private LayersOption layers = new LayersOption();

  @Option(
      names = "--features",
      paramLabel = "ln_1|h",
      defaultValue = "ln_1",
      description =
          "a block's normalised input, as in the paper (ln_1), or the residual stream itself (h);"
              + " default ${DEFAULT-VALUE}")
  private String features = "ln_1";

  private List<LayerFeature.Kind> kinds() {
    return Stream.of(features.split(",", -1)).map(LayerOptions::kind).distinct().toList();
  }

  private static LayerFeature.Kind kind(String label) {
    return LayerFeature.Kind.ofLabel(label.strip())
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "--features: expected ln_1 or h, got %s".formatted(label)));
  }

  private LayerChoice choice(Architecture architecture) {
    return layers.choice(
        IntStream.rangeClosed(0, architecture.nLayer()).boxed().toList(),
        "`pixelprobe model inspect` shows them");
  }

  /** Every feature that is needed, kind by kind. */
  List<LayerFeature> features(Architecture architecture) {
    return ofEveryKind(choice(architecture).layers());
  }

  /** What to probe of them. */
  List<ProbeInput> inputs(List<FeatureColumn> columns) {
    return layers.inputs(columns);
  }

  /** Every wanted feature of single layers, kind by kind. */
  List<LayerFeature> singleFeatures(Architecture architecture) {
    LayerChoice choice = choice(architecture);
    if (!choice.concatenations().isEmpty()) {
      throw new InvalidInputException(
          "--layers: expected single layers here, got a concatenation; `pixelprobe run` and `pixelprobe probe` put layers side by side");
    }
    return ofEveryKind(choice.single());
  }

  private List<LayerFeature> ofEveryKind(List<Integer> wanted) {
    return kinds().stream()
        .flatMap(kind -> wanted.stream().map(layer -> new LayerFeature(kind, layer)))
        .toList();
  }
}
