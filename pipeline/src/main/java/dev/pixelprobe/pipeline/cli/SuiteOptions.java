package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import dev.pixelprobe.pipeline.suite.Setting;
import dev.pixelprobe.pipeline.suite.Suite;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Which suite, and how often. */
final class SuiteOptions {
  /** Where the runs of a suite go, or a single one without {@code --out}. */
  static final String RUNS = "--runs";

  private static final String CONFIG = "--config";
  private static final String RESUME = "--resume";
  private static final String SUMMARY = "--summary";
  private static final List<String> OWN = List.of(CONFIG, RESUME, SUMMARY, RUNS);

  @Option(
      names = CONFIG,
      paramLabel = "FILE|gs://..",
      required = true,
      description =
          "a suite: models, data sets and so on as lists, of which every combination is run; see"
              + " benchmarks/. A failed one does not stop the others")
  private Source config;

  @Option(
      names = RESUME,
      description = "go on with the last call for this suite: what is done is not done again")
  private boolean resume;

  @Option(
      names = SUMMARY,
      paramLabel = "FILE|gs://..",
      description = "at the end, also leave there as JSON what became of each combination")
  private @Nullable Target summary;

  /** Refuses flags that the suite's file says instead. */
  void refuseOthers(ParseResult typed) {
    for (OptionSpec option : typed.matchedOptions()) {
      if (!OWN.contains(option.longestName())) {
        throw new InvalidInputException(
            "%s: expected it in the suite's file, as %s is given, got the flag; leave it out"
                .formatted(option.longestName(), CONFIG));
      }
    }
  }

  /** Runs the suite; 0 if all is done, 1 if something failed. */
  int run(Invocation invocation, Target runs) throws IOException {
    if (summary != null) {
      OutputFile.checked(SUMMARY, summary);
    }
    Suite suite = Suite.read(config.local());
    suite.cells().stream()
        .flatMap(cell -> cell.settings().stream())
        .distinct()
        .forEach(this::check);
    SuiteRun run = new SuiteRun(suite.name(), invocation, runs);
    SuiteJournal journal =
        resume ? SuiteJournal.resume(runs, suite) : SuiteJournal.begin(runs, suite);
    return run.run(suite.cells(), journal, summary);
  }

  /** What {@code run} itself would refuse in a flag is wrong in the file. */
  private void check(Setting setting) {
    try {
      BenchmarkCall.of(setting.arguments());
    } catch (ParameterException e) {
      throw new InvalidInputException(
          "%s:%d: %s".formatted(config, setting.line(), Failures.oneLine(e.getMessage())), e);
    }
  }
}
