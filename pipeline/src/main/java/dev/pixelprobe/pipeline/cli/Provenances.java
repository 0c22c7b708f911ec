package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.results.Provenance;
import dev.pixelprobe.eval.results.Results;
import dev.pixelprobe.pipeline.benchmark.Platform;
import dev.pixelprobe.pipeline.benchmark.Scores;
import dev.pixelprobe.pipeline.benchmark.Stopwatch;
import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.features.FeatureManifest;
import dev.pixelprobe.pipeline.features.FeatureReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;

/** Puts a run's scores together with what made them. */
final class Provenances {
  private static final DateTimeFormatter FOLDER_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Instant started = Instant.now();
  private final Invocation invocation;
  private final PipelineOptions options;
  private final long seed;
  private final Version version;

  private Provenances(Invocation invocation, PipelineOptions options, long seed)
      throws IOException {
    this.invocation = invocation;
    this.options = options;
    this.seed = seed;
    this.version = new Version();
  }

  /** Notes the time at which a run started. */
  static Provenances begin(Invocation invocation, PipelineOptions options, long seed)
      throws IOException {
    return new Provenances(invocation, options, seed);
  }

  /** {@code runs/20260131T120000Z-shapes-igpt-xs-16px}. */
  Path defaultDirectory(Extraction extraction) {
    return Path.of(
        "runs",
        "%s-%s-%s"
            .formatted(
                FOLDER_TIME.format(started),
                extraction.dataset().name(),
                extraction.model().described().name()));
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
        invocation.commandLine(),
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
            scores.classNames()));
  }

  private static String iso(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
