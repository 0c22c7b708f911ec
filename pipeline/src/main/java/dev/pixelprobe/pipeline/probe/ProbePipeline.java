package dev.pixelprobe.pipeline.probe;

import dev.pixelprobe.eval.LabelEfficiency;
import dev.pixelprobe.eval.ProbeOutcome;
import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.results.ProbeLine;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.job.PipelineJob;
import dev.pixelprobe.pipeline.job.Watch;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptions;

/** All probes of a feature set in one Beam pipeline. */
public final class ProbePipeline {
  /**
   * What became of a plan.
   *
   * @param baselines in a fixed order
   * @param probes in the order of the plan's inputs
   * @param labelEfficiency the inputs again, then the baselines with features, each from the fewest
   *     labels to the most
   * @param outcomes of those probes and baselines that kept their predictions
   */
  public record Outcome(
      List<ProbeResult> baselines,
      List<ProbeResult> probes,
      List<LabelEfficiency> labelEfficiency,
      List<ProbeOutcome> outcomes) {
    static Outcome of(List<ProbeLine> lines) {
      List<ProbeResult> probes =
          lines.stream().map(ProbeLine::probe).filter(Objects::nonNull).toList();
      int baselines = ProbeJob.BASELINES.size();
      return new Outcome(
          probes.subList(0, baselines),
          probes.subList(baselines, probes.size()),
          lines.stream().map(ProbeLine::labelEfficiency).filter(Objects::nonNull).toList(),
          lines.stream().flatMap(line -> line.outcome().stream()).toList());
    }
  }

  private static final String PROBES = "probes.jsonl";

  private ProbePipeline() {}

  /**
   * Fits them all.
   *
   * @param features the feature set's directory
   * @param classes number of classes
   * @param work a folder that every worker can write to: an absolute local path, or a {@code gs://}
   *     URI
   */
  public static Outcome run(
      String features, int classes, ProbePlan plan, String work, PipelineOptions options)
      throws IOException {
    Folder folder = Folder.at(work);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("FitProbes", FitProbes.of(new ProbeJob(features, classes, plan)))
        .apply("Write", TextIO.write().to(folder.file(PROBES)).withoutSharding());
    PipelineJob.run(pipeline, Watch.outputs(LiveCounts.PROBES, "Fit"));
    folder.requireWritten(PROBES);
    return Outcome.of(
        folder.lines(PROBES).stream()
            .map(ProbeLine::parse)
            .sorted(Comparator.comparingInt(ProbeLine::task))
            .toList());
  }
}
