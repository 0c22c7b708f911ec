package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.results.Results;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Sha256;
import dev.pixelprobe.pipeline.benchmark.FeatureSets;
import dev.pixelprobe.pipeline.benchmark.Scores;
import dev.pixelprobe.pipeline.benchmark.Stopwatch;
import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.probe.ProbePlan;
import dev.pixelprobe.pipeline.storage.Filling;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.ParseResult;

/** One model on one data set: from images to a run's folder. */
final class Benchmark {
  private final ExtractionOptions extractionOptions;
  private final Extraction extraction;
  private final ProbePlan plan;
  private final Optional<SampleStage> samples;
  private final Provenances provenances;
  private final PipelineOptions beam;

  private Benchmark(
      ExtractionOptions extractionOptions,
      Extraction extraction,
      ProbePlan plan,
      Optional<SampleStage> samples,
      Provenances provenances,
      PipelineOptions beam) {
    this.extractionOptions = extractionOptions;
    this.extraction = extraction;
    this.plan = plan;
    this.samples = samples;
    this.provenances = provenances;
    this.beam = beam;
  }

  /**
   * Settles what is measured, and refuses what can be seen to be wrong before anything is
   * extracted. The run starts now.
   *
   * @param typed what flags there were
   */
  static Benchmark begin(
      BenchmarkOptions options, ParseResult typed, RunOrigin origin, PipelineOptions beam)
      throws IOException {
    Extraction extraction = options.extraction().resolve(typed);
    requireClasses(extraction.dataset());
    options.probe().fewLabels().check(extraction.dataset());
    long seed = options.probe().seed();
    return new Benchmark(
        options.extraction(),
        extraction,
        options.probe().plan(options.extraction().inputs(extraction)),
        options.samples().plan(extraction, seed),
        Provenances.begin(origin, beam, seed),
        beam);
  }

  /** Where the data set names its classes, one is too few before anything is extracted. */
  private static void requireClasses(DatasetPlan dataset) {
    if (dataset.classNames().size() == 1) {
      throw new InvalidInputException(
          "%s: expected at least 2 classes, got only %s; add images of another class"
              .formatted(dataset.name(), dataset.classNames().get(0)));
    }
  }

  /** {@code shapes-igpt-xs-16px}. */
  String name() {
    return extraction.dataset().name() + "-" + extraction.model().described().name();
  }

  /** Of all that the results depend on, SHA-256 in hex: other digest, other measurement. */
  String digest() {
    String measured =
        String.join(
            "\n",
            extraction.digest(),
            plan.toString(),
            samples.map(SampleStage::described).orElse("no samples"));
    return Sha256.hex(measured);
  }

  /** A place for this run among others. */
  RunPlace placeIn(Target runs, String suite) throws IOException {
    return RunPlace.claim(runs, provenances.started(), suite, digest());
  }

  /** Runs it and leaves its folder, whole or not at all. */
  Results fill(Target target) throws IOException {
    return RunFolder.fill(target, this::measure);
  }

  private Results measure(Filling run) throws IOException {
    Stopwatch stopwatch = new Stopwatch();
    FeatureSets sets = extractionOptions.featureSets(beam);
    FeatureReader features =
        stopwatch.time(
            "features", () -> ExtractionStep.place(sets, extraction, run.location("features")));
    DeadLetterFolder.fill(run.path(), features);
    Scores scores = stopwatch.time("probes", () -> ProbeStep.run(features, plan, run, beam));
    if (samples.isEmpty()) {
      Results results = provenances.finish(features, scores, stopwatch);
      TestImages.of(features, scores, results).writeTo(run.path());
      return results;
    }
    SampleStage stage = samples.get();
    Results.Samples drawn = stopwatch.time("samples", () -> stage.draw(run, beam));
    List<Distance> distances =
        stopwatch.time("distances", () -> stage.distances(features, run, extractionOptions, beam));
    stopwatch.time("completions", () -> stage.complete(features, run, beam));
    Results results = provenances.finish(features, scores, stopwatch).with(drawn, distances);
    TestImages.of(features, scores, results).writeTo(run.path());
    return results;
  }
}
