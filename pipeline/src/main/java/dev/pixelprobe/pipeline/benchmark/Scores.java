package dev.pixelprobe.pipeline.benchmark;

import dev.pixelprobe.eval.BalancedDraw;
import dev.pixelprobe.eval.LabelEfficiency;
import dev.pixelprobe.eval.ProbeOutcome;
import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.results.Generative;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.features.FeatureTable;
import dev.pixelprobe.pipeline.probe.ProbePipeline;
import dev.pixelprobe.pipeline.probe.ProbePlan;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a feature set says of its model.
 *
 * @param classNames by label; numbers where the data set names none
 * @param labelEfficiency probes with few labels; empty if none were asked for
 * @param outcomes what probes and baselines took each test image for; empty with predefined folds
 * @param generative null if no image was scored
 */
public record Scores(
    List<String> classNames,
    List<ProbeResult> baselines,
    List<ProbeResult> probes,
    List<LabelEfficiency> labelEfficiency,
    List<ProbeOutcome> outcomes,
    @Nullable Generative generative) {
  public Scores {
    classNames = List.copyOf(classNames);
    baselines = List.copyOf(baselines);
    probes = List.copyOf(probes);
    labelEfficiency = List.copyOf(labelEfficiency);
    outcomes = List.copyOf(outcomes);
  }

  /**
   * Probes what is planned, and the baselines.
   *
   * @param work a folder that every worker can write to: a local path, or a {@code gs://} URI
   * @throws dev.pixelprobe.eval.InvalidInputException if a class has fewer training images than are
   *     to be drawn
   */
  public static Scores of(
      FeatureReader features, ProbePlan plan, String work, PipelineOptions options)
      throws IOException {
    List<String> names = classNames(features);
    checkLabels(features, plan, names);
    ProbePipeline.Outcome outcome =
        ProbePipeline.run(features.directory(), names.size(), plan, work, options);
    return new Scores(
        names,
        outcome.baselines(),
        outcome.probes(),
        outcome.labelEfficiency(),
        outcome.outcomes(),
        generative(features));
  }

  private static void checkLabels(FeatureReader features, ProbePlan plan, List<String> names)
      throws IOException {
    if (plan.labelsPerClass().isEmpty()) {
      return;
    }
    int[] counts = new int[names.size()];
    for (int label : features.labels(Split.TRAIN).labels()) {
      counts[label]++;
    }
    BalancedDraw.check(counts, Collections.max(plan.labelsPerClass()), names::get);
  }

  private static List<String> classNames(FeatureReader features) throws IOException {
    List<String> names = features.manifest().dataset().classes();
    if (!names.isEmpty()) {
      return names;
    }
    int largest = 0;
    for (Split split : Split.values()) {
      largest = Math.max(largest, Arrays.stream(features.labels(split).labels()).max().orElse(0));
    }
    return IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList();
  }

  private static @Nullable Generative generative(FeatureReader features) throws IOException {
    if (features.manifest().scored().images() == 0) {
      return null;
    }
    FeatureTable nats = features.natsPerToken(Split.TEST);
    return Generative.of(
        IntStream.range(0, nats.rows()).mapToDouble(row -> nats.values()[row]).toArray());
  }
}
