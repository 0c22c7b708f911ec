package dev.pixelprobe.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pixelprobe.pipeline.extract.TimeLimit;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: one subcommand per task. */
@Command(
    name = "pixelprobe",
    description = "Tells what a frozen generative image model has learned.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nEverything after a lone -- goes to Apache Beam, for example%n",
    footer = {
      "  pixelprobe run -- --parallelism=1",
      "",
      "Exit codes: 0 done, 1 a bug of ours (or what --fail-on-regression found), 2 something to",
      "change in the call or its files, 3 something amiss in the environment (I/O, network, memory)."
    },
    subcommands = {
      RunCommand.class,
      ExtractCommand.class,
      ProbeCommand.class,
      SampleCommand.class,
      TokenizeCommand.class,
      FeaturesCommand.class,
      ScoreCommand.class,
      FidCommand.class,
      MetricsCommand.class,
      ModelCommand.class,
      PaletteCommand.class,
      ReportCommand.class,
      FetchCommand.class,
      DoctorCommand.class
    })
public final class Main {
  private final Invocation invocation;

  private Main(Invocation invocation) {
    this.invocation = invocation;
  }

  public static void main(String[] args) throws IOException {
    takeOwnErrorStream();
    Thread.setDefaultUncaughtExceptionHandler(new UncaughtFailures(System.err));
    int code = run(args);
    if (TimeLimit.leftABatchBehind()) {
      Runtime.getRuntime().halt(code); // the usual way takes TensorFlow away from what still runs
    }
    System.exit(code);
  }

  /** The launcher filters what native libraries print; our own messages go around that filter. */
  private static void takeOwnErrorStream() throws IOException {
    String path = System.getProperty("pixelprobe.stderr");
    if (path != null) {
      System.setErr(new PrintStream(new FileOutputStream(path, true), true, UTF_8));
    }
  }

  /**
   * Runs one command.
   *
   * @return its exit code
   */
  static int run(String... args) {
    List<String> all = Arrays.asList(args);
    int separator = all.indexOf("--");
    List<String> own = separator < 0 ? all : all.subList(0, separator);
    List<String> beam = separator < 0 ? List.of() : all.subList(separator + 1, all.size());
    Invocation invocation = new Invocation(all, beam);
    return new CommandLine(new Main(invocation))
        .setExitCodeExceptionMapper(Failures::exitCode)
        .setParameterExceptionHandler(Failures::reportUsage)
        .setExecutionExceptionHandler(Failures::report)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(own.toArray(String[]::new));
  }

  Invocation invocation() {
    return invocation;
  }
}
