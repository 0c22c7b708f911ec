package dev.pixelprobe.pipeline.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * The flags of {@code run} that say what is measured, not typed but put together.
 *
 * @param typed what flags there were
 */
record BenchmarkCall(BenchmarkOptions options, ParseResult typed) {
  /** Throws picocli's ParameterException for a value that no such flag takes. */
  static BenchmarkCall of(List<String> arguments) {
    BenchmarkOptions options = new BenchmarkOptions();
    ParseResult typed =
        Main.withOurTypes(new CommandLine(options))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .parseArgs(arguments.toArray(String[]::new));
    return new BenchmarkCall(options, typed);
  }
}
