package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.results.JsonFile;
import dev.pixelprobe.eval.results.Results;
import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.pipeline.benchmark.Scores;
import dev.pixelprobe.pipeline.benchmark.Stopwatch;
import dev.pixelprobe.pipeline.features.FeatureReader;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.options.PipelineOptions;

/** Probes of a feature set that is there already. */
record ProbeOfFeatureSet(Invocation invocation, Path featuresDir, ProbeOptions probe) {
  /** Leaves results.json in {@code out}. */
  void run(Path out) throws IOException {
    OutputDirectory.checked(out);
    PipelineOptions options = BeamOptions.of(invocation.beam());
    FeatureReader features = FeatureReader.open(featuresDir.toString());
    Provenances provenances = Provenances.begin(invocation, options, probe.seed());
    try (AsideDirectory aside = AsideDirectory.of(out)) {
      Results results;
      try (RunLog log = RunLog.to(aside.path().resolve("run.log"))) {
        DeadLetterFolder.fill(aside.path(), features);
        Stopwatch stopwatch = new Stopwatch();
        Scores scores =
            stopwatch.time("probes", () -> ProbeStep.run(features, probe, aside.path(), options));
        results = provenances.finish(features, scores, stopwatch);
      }
      JsonFile.write(aside.path().resolve("results.json"), results);
      aside.publish();
      System.out.print(ResultsTable.of(results));
      System.out.printf("%nresults: %s%n", out.resolve("results.json"));
    }
  }
}
