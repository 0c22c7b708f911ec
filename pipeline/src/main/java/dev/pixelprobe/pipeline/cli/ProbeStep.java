package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.benchmark.Scores;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.files.WorkFolder;
import dev.pixelprobe.pipeline.probe.ProbePlan;
import dev.pixelprobe.pipeline.storage.Filling;
import java.io.IOException;
import java.util.OptionalLong;
import org.apache.beam.sdk.options.PipelineOptions;

/** Probing as the user sees it: with progress. */
final class ProbeStep {
  private ProbeStep() {}

  /**
   * Probes what is planned, and the baselines.
   *
   * @param run beside what it holds a working folder is made, and is deleted again
   */
  static Scores run(FeatureReader features, ProbePlan plan, Filling run, PipelineOptions options)
      throws IOException {
    LiveCounts.PROBES.reset();
    OptionalLong total = OptionalLong.of(plan.size());
    try (WorkFolder work = WorkFolder.beside(run.location("probes"));
        ProgressLine progress =
            new ProgressLine("probes", "probes", total, LiveCounts.PROBES::sum)) {
      return Scores.of(features, plan, work.location(), options);
    }
  }
}
