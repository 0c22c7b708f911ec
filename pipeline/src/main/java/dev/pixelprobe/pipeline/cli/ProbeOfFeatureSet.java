package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.benchmark.Scores;
import dev.pixelprobe.pipeline.benchmark.Stopwatch;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.probe.ProbePlan;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.options.PipelineOptions;

/** Probes of a feature set that is there already. */
record ProbeOfFeatureSet(
    Invocation invocation, Path featuresDir, LayersOption layers, ProbeOptions probe) {
  /** Leaves results.json in {@code out}. */
  void run(Path out) throws IOException {
    OutputDirectory.checked(out);
    PipelineOptions options = BeamOptions.of(invocation.beam());
    FeatureReader features = FeatureReader.open(featuresDir.toAbsolutePath().toString());
    ProbePlan plan = probe.plan(layers.inputs(features.manifest().columns()));
    Provenances provenances =
        Provenances.begin(new RunOrigin(invocation.commandLine(), null), options, probe.seed());
    RunFolder.fill(
        out,
        dir -> {
          DeadLetterFolder.fill(dir, features);
          Stopwatch stopwatch = new Stopwatch();
          Scores scores =
              stopwatch.time("probes", () -> ProbeStep.run(features, plan, dir, options));
          return provenances.finish(features, scores, stopwatch);
        });
  }
}
