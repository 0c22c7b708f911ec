package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.benchmark.Scores;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.probe.ProbePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.apache.beam.sdk.options.PipelineOptions;

/** Probing as the user sees it: with progress. */
final class ProbeStep {
  private ProbeStep() {}

  /**
   * Probes what is planned, and the baselines.
   *
   * @param out where a working directory may be made, and is deleted again
   */
  static Scores run(FeatureReader features, ProbePlan plan, Path out, PipelineOptions options)
      throws IOException {
    Path work = Files.createDirectories(out.resolve(".probes"));
    LiveCounts.PROBES.reset();
    OptionalLong total = OptionalLong.of(plan.size());
    try (ProgressLine progress =
        new ProgressLine("probes", "probes", total, LiveCounts.PROBES::sum)) {
      return Scores.of(features, plan, work.toString(), options);
    } finally {
      AsideDirectory.delete(work);
    }
  }
}
