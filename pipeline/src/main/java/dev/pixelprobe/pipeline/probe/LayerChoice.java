package dev.pixelprobe.pipeline.probe;

import dev.pixelprobe.model.LayerFeature;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which layers to probe, each for itself or several side by side, as the five layers of the paper's
 * iGPT-XL (Chen et al. 2020, Generative Pretraining from Pixels).
 *
 * @param single probed each for itself, ascending
 * @param concatenations each probed as one, its layers ascending
 */
public record LayerChoice(List<Integer> single, List<List<Integer>> concatenations) {
  public LayerChoice {
    single = List.copyOf(single);
    concatenations = concatenations.stream().map(List::copyOf).toList();
  }

  /** Every layer that is needed, ascending. */
  public List<Integer> layers() {
    return Stream.concat(single.stream(), concatenations.stream().flatMap(List::stream))
        .distinct()
        .sorted()
        .toList();
  }

  /** Kind by kind: its single layers, then its concatenations. */
  public List<ProbeInput> inputs(List<LayerFeature.Kind> kinds) {
    return kinds.stream().flatMap(this::inputs).toList();
  }

  private Stream<ProbeInput> inputs(LayerFeature.Kind kind) {
    return Stream.concat(single.stream().map(List::of), concatenations.stream())
        .map(layers -> layers.stream().map(layer -> new LayerFeature(kind, layer).label()).toList())
        .map(ProbeInput::new);
  }
}
