package dev.pixelprobe.pipeline.benchmark;

import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.results.Generative;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.features.FeatureTable;
import dev.pixelprobe.pipeline.probe.ProbeJob;
import dev.pixelprobe.pipeline.probe.ProbePipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a feature set says of its model.
 *
 * @param classNames by label; numbers where the data set names none
 * @param generative null if no image was scored
 */
public record Scores(
    List<String> classNames,
    List<ProbeResult> baselines,
    List<ProbeResult> probes,
    @Nullable Generative generative) {
  public Scores {
    classNames = List.copyOf(classNames);
    baselines = List.copyOf(baselines);
    probes = List.copyOf(probes);
  }

  /**
   * Probes every layer and the baselines.
   *
   * @param cs the grid of C
   * @param work a directory that every worker can write to
   */
  public static Scores of(
      FeatureReader features, List<Double> cs, long seed, Path work, PipelineOptions options)
      throws IOException {
    List<String> names = classNames(features);
    ProbeJob job = new ProbeJob(features.directory(), names.size(), cs, seed);
    List<String> columns = ProbePipeline.columns(features.manifest());
    List<ProbeResult> results = ProbePipeline.run(job, columns, work, options);
    int baselines = ProbeJob.BASELINES.size();
    return new Scores(
        names,
        results.subList(0, baselines),
        results.subList(baselines, results.size()),
        generative(features));
  }

  /** How many columns {@link #of} probes. */
  public static int columns(FeatureReader features) {
    return ProbePipeline.columns(features.manifest()).size();
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
