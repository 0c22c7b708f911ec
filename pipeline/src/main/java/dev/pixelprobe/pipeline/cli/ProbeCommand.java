package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
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
  private Subject subject = new Subject();

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
  private Target out;

  /** One of the two. */
  static final class Subject {
    @Option(
        names = "--features-dir",
        paramLabel = "DIR|gs://..",
        required = true,
        description = "what `pixelprobe extract` left")
    private @Nullable Source featuresDir;

    @ArgGroup(exclusive = false)
    private @Nullable ProbeArrays arrays;
  }

  @Override
  public Integer call() throws IOException {
    if (subject.featuresDir != null) {
      new ProbeOfFeatureSet(main.invocation(), subject.featuresDir, layers, probe).run(out);
    } else if (subject.arrays != null) {
      layers.requireNone();
      probe.fewLabels().requireNone();
      subject.arrays.run(probe.csOr(1.0), !raw, out);
    }
    return 0;
  }
}
