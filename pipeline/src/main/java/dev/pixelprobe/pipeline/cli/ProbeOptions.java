package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.LinearProbe;
import dev.pixelprobe.pipeline.probe.ProbeInput;
import dev.pixelprobe.pipeline.probe.ProbePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How probes are fitted. */
final class ProbeOptions {
  @Option(
      names = "--c",
      paramLabel = "C",
      split = ",",
      converter = PositiveNumber.class,
      description =
          "inverse regularisation: C * sum of losses + |w|^2/2; several: the best on held-out"
              + " training images; default 1e-4,1e-3,..,1e2")
  private @Nullable List<Double> cs;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "settles which tenth of the training images is held out, and which are drawn; default 0")
  private long seed;

  @Mixin private FewLabelsOptions fewLabels = new FewLabelsOptions();

  FewLabelsOptions fewLabels() {
    return fewLabels;
  }

  ProbePlan plan(List<ProbeInput> inputs) {
    return new ProbePlan(inputs, cs(), seed, fewLabels.labelsPerClass(), fewLabels.draws());
  }

  /** The grid, or this one C where none was asked for. */
  List<Double> csOr(double single) {
    return cs == null ? List.of(single) : List.copyOf(cs);
  }

  private List<Double> cs() {
    return cs == null ? LinearProbe.Options.DEFAULT.cs() : List.copyOf(cs);
  }

  long seed() {
    return seed;
  }

  /** So that a C no fit can have is refused before any work begins. */
  private static final class PositiveNumber implements ITypeConverter<Double> {
    @Override
    public Double convert(String text) {
      double number = parse(text);
      if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
        throw new TypeConversionException(
            "expected a positive number, got %s; try 1e-4 to 1e2".formatted(text));
      }
      return number;
    }

    private static double parse(String text) {
      try {
        return Double.parseDouble(text);
      } catch (NumberFormatException e) {
        return Double.NaN;
      }
    }
  }
}
