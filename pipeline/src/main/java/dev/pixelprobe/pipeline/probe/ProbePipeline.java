package dev.pixelprobe.pipeline.probe;

import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.results.ProbeLine;
import dev.pixelprobe.pipeline.features.FeatureColumn;
import dev.pixelprobe.pipeline.features.FeatureManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptions;

/** Probes of all layers of a feature set and of the baselines, in one Beam pipeline. */
public final class ProbePipeline {
  private ProbePipeline() {}

  /** Every column that {@link #run} probes. */
  public static List<String> columns(FeatureManifest manifest) {
    List<String> columns = new ArrayList<>(ProbeJob.BASELINES);
    manifest.columns().stream().map(FeatureColumn::name).forEach(columns::add);
    return columns;
  }

  /**
   * Fits them all.
   *
   * @param work a directory that every worker can write to
   * @return baselines first, then layers in order, kind by kind
   */
  public static List<ProbeResult> run(
      ProbeJob job, List<String> columns, Path work, PipelineOptions options) throws IOException {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("FitProbes", FitProbes.of(job, columns))
        .apply(
            "Write", TextIO.write().to(work.resolve("probes.jsonl").toString()).withoutSharding());
    pipeline.run().waitUntilFinish();
    List<ProbeResult> results = new ArrayList<>();
    for (String line : Files.readAllLines(work.resolve("probes.jsonl"))) {
      results.add(ProbeLine.parse(line));
    }
    results.sort(Comparator.comparingInt(result -> columns.indexOf(columnOf(result))));
    return List.copyOf(results);
  }

  private static String columnOf(ProbeResult result) {
    if (result.name() != null) {
      return result.name();
    }
    String features = String.valueOf(result.features());
    return result.layer() == null
        ? FeatureColumn.nameOfOutput(features)
        : features + "_" + result.layer();
  }
}
