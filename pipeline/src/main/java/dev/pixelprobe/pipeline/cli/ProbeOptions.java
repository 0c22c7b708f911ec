package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.LinearProbe;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How probes are fitted. */
final class ProbeOptions {
  @Option(
      names = "--c",
      paramLabel = "C",
      split = ",",
      description =
          "inverse regularisation: C * sum of losses + |w|^2/2; several: the best on held-out"
              + " training images; default 1e-4,1e-3,..,1e2")
  private @Nullable List<Double> cs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "settles which tenth of the training images is held out; default 0")
  private long seed;

  /** The grid, or this one C where none was asked for. */
  List<Double> csOr(double single) {
    return cs == null ? List.of(single) : List.copyOf(cs);
  }

  List<Double> cs() {
    return cs == null ? LinearProbe.Options.DEFAULT.cs() : List.copyOf(cs);
  }

  long seed() {
    return seed;
  }
}
