package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.benchmark.Scores;
import dev.pixelprobe.pipeline.benchmark.Stopwatch;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.probe.ProbePlan;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import org.apache.beam.sdk.options.PipelineOptions;

/** Probes of a feature set that is there already. */
record ProbeOfFeatureSet(
    Invocation invocation, Source featuresDir, LayersOption layers, ProbeOptions probe) {
  /** Leaves results.json in {@code out}. */
  void run(Target out) throws IOException {
    OutputDirectory.checked(out);
    PipelineOptions options = BeamOptions.of(invocation.beam());
    FeatureReader features = FeatureReader.open(featuresDir.location());
    ProbePlan plan = probe.plan(layers.inputs(features.manifest().columns()));
    Provenances provenances =
        Provenances.begin(new RunOrigin(invocation.commandLine(), null), options, probe.seed());
    RunFolder.fill(
        out,
        run -> {
          DeadLetterFolder.fill(run.path(), features);
          Stopwatch stopwatch = new Stopwatch();
          Scores scores =
              stopwatch.time("probes", () -> ProbeStep.run(features, plan, run, options));
          return provenances.finish(features, scores, stopwatch);
        });
  }
}
