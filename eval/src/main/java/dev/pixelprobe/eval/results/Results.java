package dev.pixelprobe.eval.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.pixelprobe.eval.LabelEfficiency;
import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.distance.Distance;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A whole benchmark, as in results.json.
 *
 * @param schema {@link #SCHEMA}
 * @param probes one per layer, in the order of the layers, and one per concatenation of layers
 * @param bestProbe the one chosen on held-out training rows; null without probes
 * @param baselines on the same split
 * @param labelEfficiency probes with few labels, column by column; empty, and absent from the file,
 *     if none were asked for
 * @param generative null if no image was scored
 * @param samples null if the model drew no images
 * @param distances of those samples from real images; empty without samples
 * @param timings seconds by stage, in the order of the stages
 */
public record Results(
    String schema,
    Provenance provenance,
    List<ProbeResult> probes,
    @Nullable ProbeResult bestProbe,
    List<ProbeResult> baselines,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<LabelEfficiency> labelEfficiency,
    @Nullable Generative generative,
    @Nullable Samples samples,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Distance> distances,
    Map<String, Double> timings,
    DeadLetters deadLetters) {
  /** The name and version of this layout. */
  public static final String SCHEMA = "pixelprobe/results/1";

  /** Records that could not be read, and where they are listed if there are any. */
  public record DeadLetters(int count, @Nullable String path) {}

  /**
   * Images that the model drew.
   *
   * @param seconds it took
   * @param path their folder, beside the results
   */
  public record Samples(int count, double seconds, String path) {}

  private static final Comparator<ProbeResult> BEST_FIRST =
      Comparator.comparing((ProbeResult p) -> required(p.validationAccuracy(), "accuracy"))
          .reversed()
          .thenComparing(p -> required(p.validationNll(), "nll"));

  /** Copies the collections; throws NullPointerException if a part that must be there is not. */
  public Results {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(provenance, "provenance");
    Objects.requireNonNull(deadLetters, "dead_letters");
    probes = List.copyOf(probes);
    baselines = List.copyOf(baselines);
    labelEfficiency = List.copyOf(labelEfficiency);
    distances = List.copyOf(distances);
    timings = Collections.unmodifiableMap(new LinkedHashMap<>(timings));
  }

  /**
   * Results of this schema, with the best probe found: highest validation accuracy, then lower
   * validation nll, then the earlier in the list.
   *
   * @param probes each with a validation score
   */
  public static Results of(
      Provenance provenance,
      List<ProbeResult> probes,
      List<ProbeResult> baselines,
      List<LabelEfficiency> labelEfficiency,
      @Nullable Generative generative,
      Map<String, Double> timings,
      DeadLetters deadLetters) {
    @Nullable ProbeResult best = probes.stream().min(BEST_FIRST).orElse(null);
    return new Results(
        SCHEMA,
        provenance,
        probes,
        best,
        baselines,
        labelEfficiency,
        generative,
        null,
        List.of(),
        timings,
        deadLetters);
  }

  /** These results, and what was found of samples. */
  public Results with(Samples drawn, List<Distance> theirDistances) {
    return new Results(
        schema,
        provenance,
        probes,
        bestProbe,
        baselines,
        labelEfficiency,
        generative,
        drawn,
        theirDistances,
        timings,
        deadLetters);
  }

  private static <T> T required(@Nullable T value, String what) {
    if (value == null) {
      throw new IllegalArgumentException(
          "probe: expected one with a validation score, got one without " + what);
    }
    return value;
  }
}
