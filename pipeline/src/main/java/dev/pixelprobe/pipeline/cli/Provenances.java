package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.results.Provenance;
import dev.pixelprobe.eval.results.Results;
import dev.pixelprobe.pipeline.benchmark.Platform;
import dev.pixelprobe.pipeline.benchmark.Scores;
import dev.pixelprobe.pipeline.benchmark.Stopwatch;
import dev.pixelprobe.pipeline.features.FeatureManifest;
import dev.pixelprobe.pipeline.features.FeatureReader;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/** Puts a run's scores together with what made them. */
final class Provenances {
  private final Instant started = Instant.now();
  private final RunOrigin origin;
  private final PipelineOptions options;
  private final long seed;
  private final Version version;

  private Provenances(RunOrigin origin, PipelineOptions options, long seed) throws IOException {
    this.origin = origin;
    this.options = options;
    this.seed = seed;
    this.version = new Version();
  }

  /** Notes the time at which a run started. */
  static Provenances begin(RunOrigin origin, PipelineOptions options, long seed)
      throws IOException {
    return new Provenances(origin, options, seed);
  }

  Instant started() {
    return started;
  }

  /** The results of a run that ends now. */
  Results finish(FeatureReader features, Scores scores, Stopwatch stopwatch) throws IOException {
    FeatureManifest manifest = features.manifest();
    return Results.of(
        provenance(manifest, scores),
        scores.probes(),
        scores.baselines(),
        scores.labelEfficiency(),
        scores.generative(),
        stopwatch.seconds(),
        new Results.DeadLetters((int) manifest.deadLetters().count(), DeadLetterFolder.PATH));
  }

  private Provenance provenance(FeatureManifest manifest, Scores scores) throws IOException {
    FeatureManifest.Model model = manifest.model();
    FeatureManifest.Dataset dataset = manifest.dataset();
    return new Provenance(
        iso(started),
        iso(Instant.now()),
        version.number(),
        version.gitCommit(),
        origin.commandLine(),
        Platform.java(),
        Platform.os(),
        Platform.cpu(),
        Platform.gpu(),
        options.getRunner().getSimpleName(),
        options.as(FlinkPipelineOptions.class).getParallelism(),
        seed,
        new Provenance.Model(
            model.name(), model.digest(), model.nPx(), model.nLayer(), model.nEmbd()),
        manifest.precision(),
        manifest.paletteDigest(),
        new Provenance.Dataset(
            dataset.name(),
            dataset.digest(),
            (int) dataset.nTrain(),
            (int) dataset.nTest(),
            scores.classNames().size(),
            scores.classNames()),
        origin.variant());
  }

  private static String iso(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
