package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.results.Results;
import dev.pixelprobe.model.InvalidInputException;
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
import java.util.concurrent.Callable;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The whole benchmark. */
@Command(
    name = "run",
    description =
        "Run the benchmark: extract the features of every layer, fit linear probes, draw samples,"
            + " report.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RunCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec command;
  @Mixin private ExtractionOptions extractionOptions = new ExtractionOptions();
  @Mixin private ProbeOptions probe = new ProbeOptions();
  @Mixin private SampleStageOptions samples = new SampleStageOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR|gs://..",
      description = "a new or empty directory; default runs/TIME-DATASET-MODEL")
  private @Nullable Target out;

  @Override
  public Integer call() throws IOException {
    if (out != null) {
      OutputDirectory.checked(out);
    }
    PipelineOptions options = extractionOptions.pipelineOptions(main.invocation());
    Extraction extraction = extractionOptions.resolve(command.commandLine().getParseResult());
    requireClasses(extraction.dataset());
    probe.fewLabels().check(extraction.dataset());
    Optional<SampleStage> sampleStage = samples.plan(extraction, probe.seed());
    Provenances provenances = Provenances.begin(main.invocation(), options, probe.seed());
    Target target =
        out == null ? Target.of(provenances.defaultDirectory(extraction).toString()) : out;
    RunFolder.fill(target, run -> benchmark(extraction, sampleStage, provenances, run, options));
    return 0;
  }

  /** Where the data set names its classes, one is too few before anything is extracted. */
  private static void requireClasses(DatasetPlan dataset) {
    if (dataset.classNames().size() == 1) {
      throw new InvalidInputException(
          "%s: expected at least 2 classes, got only %s; add images of another class"
              .formatted(dataset.name(), dataset.classNames().get(0)));
    }
  }

  private Results benchmark(
      Extraction extraction,
      Optional<SampleStage> sampleStage,
      Provenances provenances,
      Filling run,
      PipelineOptions options)
      throws IOException {
    Stopwatch stopwatch = new Stopwatch();
    FeatureSets sets = extractionOptions.featureSets(options);
    FeatureReader features =
        stopwatch.time(
            "features", () -> ExtractionStep.place(sets, extraction, run.location("features")));
    DeadLetterFolder.fill(run.path(), features);
    ProbePlan plan = probe.plan(extractionOptions.inputs(extraction));
    Scores scores = stopwatch.time("probes", () -> ProbeStep.run(features, plan, run, options));
    if (sampleStage.isEmpty()) {
      return provenances.finish(features, scores, stopwatch);
    }
    SampleStage stage = sampleStage.get();
    Results.Samples drawn = stopwatch.time("samples", () -> stage.draw(run, options));
    List<Distance> distances =
        stopwatch.time(
            "distances", () -> stage.distances(features, run, extractionOptions, options));
    return provenances.finish(features, scores, stopwatch).with(drawn, distances);
  }
}
