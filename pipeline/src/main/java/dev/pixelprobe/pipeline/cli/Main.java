package dev.pixelprobe.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.extract.TimeLimit;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import dev.pixelprobe.pipeline.storage.Transfers;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;

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
      "Every DIR and every file may be gs://BUCKET/PATH: see --gcsEndpoint and",
      "--credentialFactoryClass there for another endpoint and other credentials.",
      "",
      "Exit codes: 0 done, 1 a bug of ours (or what --fail-on-regression found), 2 something to",
      "change in the call or its files, 3 something amiss in the environment (I/O, network, memory)."
    })
public final class Main {
  private static final List<Class<?>> SUBCOMMANDS =
      List.of(
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
          DoctorCommand.class);

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
    Transfers.showOn(TransferDisplay::begin);
    return withOurTypes(commandLine(invocation, own))
        .setExecutionStrategy(parsed -> execute(parsed, invocation))
        .setExitCodeExceptionMapper(Failures::exitCode)
        .setParameterExceptionHandler(Failures::reportUsage)
        .setExecutionExceptionHandler(Failures::report)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(own.toArray(String[]::new));
  }

  /** With the subcommand that is called, else with all: looking into all takes half a second. */
  private static CommandLine commandLine(Invocation invocation, List<String> own) {
    CommandLine program = new CommandLine(new Main(invocation));
    String first = own.isEmpty() ? "" : own.get(0);
    List<Class<?>> called =
        SUBCOMMANDS.stream().filter(command -> nameOf(command).equals(first)).toList();
    for (Class<?> command : called.isEmpty() ? SUBCOMMANDS : called) {
      program.addSubcommand(command);
    }
    return program;
  }

  private static String nameOf(Class<?> subcommand) {
    return subcommand.getAnnotation(Command.class).name();
  }

  /** Teaches a command line the types of our flags. */
  static CommandLine withOurTypes(CommandLine commandLine) {
    return commandLine
        .registerConverter(Source.class, text -> converted(text, Source::of))
        .registerConverter(Target.class, text -> converted(text, Target::of));
  }

  private static <T> T converted(String text, Function<String, T> converter) {
    try {
      return converter.apply(text);
    } catch (InvalidInputException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** Whatever a command reads or writes first, it is where Beam's options say. */
  private static int execute(ParseResult parsed, Invocation invocation) {
    if (invocation.mentionsCloud()) {
      try {
        BeamOptions.reachFiles(invocation.beam());
      } catch (InvalidInputException e) {
        throw new ExecutionException(parsed.commandSpec().commandLine(), e.getMessage(), e);
      }
    }
    return new RunLast().execute(parsed);
  }

  Invocation invocation() {
    return invocation;
  }
}
