package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.pipeline.features.FeatureColumn;
import dev.pixelprobe.pipeline.probe.LayerChoice;
import dev.pixelprobe.pipeline.probe.ProbeInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --layers}: single layers and concatenations. */
final class LayersOption {
  private static final String ALL = "all";
  private static final String CONCAT = "concat:";

  @Option(
      names = "--layers",
      paramLabel = "all|0,4,8|concat:3,4,5",
      description =
          "layers 0 to n_layer, each probed for itself, or with concat: as one, side by side; both"
              + " with a ; between them (\"0,4,8;concat:3,4,5\") or in a further --layers; default"
              + " all. Only as many blocks run as are needed")
  private @Nullable List<String> layers;

  /** Arrays have no layers. */
  void requireNone() {
    if (layers != null) {
      throw new InvalidInputException(
          "--layers: expected --features-dir, got arrays, which have no layers");
    }
  }

  /**
   * What was asked for of these features: of layers each kind alike, of outputs each for itself.
   */
  List<ProbeInput> inputs(List<FeatureColumn> columns) {
    List<Integer> available =
        columns.stream()
            .map(FeatureColumn::layer)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .toList();
    if (available.isEmpty()) {
      return outputs(columns);
    }
    List<LayerFeature.Kind> kinds =
        columns.stream()
            .map(column -> LayerFeature.Kind.ofLabel(column.features()).orElseThrow())
            .distinct()
            .toList();
    return choice(available, "extract the features again with that layer").inputs(kinds);
  }

  private List<ProbeInput> outputs(List<FeatureColumn> columns) {
    if (layers != null) {
      throw new InvalidInputException(
          "--layers: expected features of an Image GPT, got those of a model without layers; leave the flag out");
    }
    return columns.stream().map(FeatureColumn::name).map(ProbeInput::column).toList();
  }

  /**
   * What was asked for.
   *
   * @param available the layers there are, ascending
   * @param hint what to do about a layer that is none of them
   */
  LayerChoice choice(List<Integer> available, String hint) {
    List<Integer> single = new ArrayList<>();
    List<List<Integer>> concatenations = new ArrayList<>();
    for (String part : parts()) {
      if (part.equals(ALL)) {
        single.addAll(available);
      } else if (part.startsWith(CONCAT)) {
        concatenations.add(concatenation(part, available, hint));
      } else {
        single.addAll(layers(part, available, hint));
      }
    }
    return new LayerChoice(
        single.stream().distinct().sorted().toList(), concatenations.stream().distinct().toList());
  }

  private List<String> parts() {
    return layers == null
        ? List.of(ALL)
        : layers.stream()
            .flatMap(text -> Stream.of(text.split(";", -1)))
            .map(String::strip)
            .toList();
  }

  private static List<Integer> concatenation(String part, List<Integer> available, String hint) {
    List<Integer> concatenated = layers(part.substring(CONCAT.length()), available, hint);
    if (concatenated.size() < 2 || concatenated.stream().distinct().count() < concatenated.size()) {
      throw new InvalidInputException(
          "--layers: expected a concatenation of two or more layers, none of them twice, got %s; try concat:3,4,5"
              .formatted(part));
    }
    return concatenated.stream().sorted().toList();
  }

  private static List<Integer> layers(String part, List<Integer> available, String hint) {
    return Stream.of(part.split(",", -1))
        .map(layer -> layer(layer.strip(), available, hint))
        .toList();
  }

  private static int layer(String text, List<Integer> available, String hint) {
    int layer = text.matches("\\d{1,4}") ? Integer.parseInt(text) : -1;
    if (!available.contains(layer)) {
      throw new InvalidInputException(
          "--layers: expected all, layers of %s or concat: with some of them, got %s; %s"
              .formatted(range(available), text.isEmpty() ? "nothing" : text, hint));
    }
    return layer;
  }

  /** {@code 0..8}, or {@code 0,4,8} where some are missing. */
  private static String range(List<Integer> layers) {
    int first = layers.get(0);
    int last = layers.get(layers.size() - 1);
    return last - first == layers.size() - 1 && last > first
        ? first + ".." + last
        : layers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
