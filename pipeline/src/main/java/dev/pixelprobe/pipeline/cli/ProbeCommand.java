package dev.pixelprobe.pipeline.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Probes alone: of a feature set, or of arrays. */
@Command(
    name = "probe",
    description =
        "Fit linear probes to a feature set (--features-dir) or to arrays (--train-x ..).",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ProbeCommand implements Callable<Integer> {
  @ParentCommand private Main main;

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Mixin private ProbeOptions probe = new ProbeOptions();

  @Mixin private LayersOption layers = new LayersOption();

  @Option(
      names = "--no-standardize",
      description = "arrays only: fit the features as they are, not to mean 0 and deviation 1")
  private boolean raw;

  @Option(
      names = "--out",
      paramLabel = "DIR|FILE.json",
      required = true,
      description = "with --features-dir a new or empty directory for results.json, else a file")
  private Path out;

  /** One of the two. */
  static final class Source {
    @Option(
        names = "--features-dir",
        paramLabel = "DIR",
        required = true,
        description = "what `pixelprobe extract` left")
    private @Nullable Path featuresDir;

    @ArgGroup(exclusive = false)
    private @Nullable ProbeArrays arrays;
  }

  @Override
  public Integer call() throws IOException {
    if (source.featuresDir != null) {
      new ProbeOfFeatureSet(main.invocation(), source.featuresDir, layers, probe).run(out);
    } else if (source.arrays != null) {
      layers.requireNone();
      probe.fewLabels().requireNone();
      source.arrays.run(probe.csOr(1.0), !raw, out);
    }
    return 0;
  }
}
