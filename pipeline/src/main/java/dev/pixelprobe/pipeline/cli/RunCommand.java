package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The whole benchmark. */
@Command(
    name = "run",
    description =
        "Run the benchmark: extract the features of every layer, fit linear probes, draw samples,"
            + " report. With --config, once for each cell of a suite.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RunCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec command;

  @ArgGroup(exclusive = false, heading = "Many benchmarks, from a file:%n")
  private @Nullable SuiteOptions suite;

  @Mixin private BenchmarkOptions benchmark = new BenchmarkOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR|gs://..",
      description = "a new or empty directory; default runs/TIME-DATASET-MODEL-DIGEST")
  private @Nullable Target out;

  @Option(
      names = SuiteOptions.RUNS,
      paramLabel = "DIR|gs://..",
      defaultValue = "runs",
      description = "without --out: the folder that gets a folder for the run; default runs")
  private Target runs = Target.of("runs");

  @Override
  public Integer call() throws IOException {
    ParseResult typed = command.commandLine().getParseResult();
    if (suite != null) {
      suite.refuseOthers(typed);
      return suite.run(main.invocation(), runs);
    }
    if (out != null && typed.hasMatchedOption(SuiteOptions.RUNS)) {
      throw new InvalidInputException(
          "--runs: expected --out or --runs, got both; --out names the run's own folder");
    }
    runOne(typed);
    return 0;
  }

  private void runOne(ParseResult typed) throws IOException {
    if (out != null) {
      OutputDirectory.checked(out);
    }
    PipelineOptions beam = benchmark.extraction().pipelineOptions(main.invocation());
    RunOrigin origin = new RunOrigin(main.invocation().commandLine(), null);
    Benchmark one = Benchmark.begin(benchmark, typed, origin, beam);
    if (out != null) {
      one.fill(out);
      return;
    }
    try (RunPlace place = one.placeIn(runs, one.name())) {
      one.fill(place.target());
    }
  }
}
