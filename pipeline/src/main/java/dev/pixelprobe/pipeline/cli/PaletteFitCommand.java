package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.Limits;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.files.WorkFolder;
import dev.pixelprobe.pipeline.palette.FitStep;
import dev.pixelprobe.pipeline.palette.FittedPalette;
import dev.pixelprobe.pipeline.palette.PaletteFit;
import dev.pixelprobe.pipeline.palette.Resizing;
import dev.pixelprobe.pipeline.storage.FileFilling;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** K-means of a data set's colours. */
@Command(
    name = "fit",
    description = "Find the colours that stand best for a data set's training images: k-means.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PaletteFitCommand implements Callable<Integer> {
  @ParentCommand private PaletteCommand palette;
  @Mixin private DatasetSource dataset = new DatasetSource();

  @Option(
      names = "--limit-train",
      paramLabel = "N",
      description = "only the first N training images")
  private @Nullable Long limitTrain;

  @Option(
      names = "--n-px",
      paramLabel = "N",
      description =
          "squeeze the images to N x N pixels first, as a model does; default: as they are")
  private @Nullable Integer nPx;

  @Option(
      names = "--resample",
      paramLabel = "FILTER",
      defaultValue = "bilinear",
      description =
          "PIL's antialiased bilinear, bicubic or box, for --n-px; default ${DEFAULT-VALUE}")
  private Resample resample = Resample.BILINEAR;

  @Option(
      names = "--colors",
      paramLabel = "K",
      defaultValue = "512",
      description = "how many, 2 to 32767; default ${DEFAULT-VALUE}")
  private int colours = 512;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "20",
      description =
          "rounds of Lloyd's algorithm after the start, 1 to 25; default ${DEFAULT-VALUE}")
  private int rounds = 20;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "of the start; default ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--compare",
      paramLabel = "P.npy",
      description = "also say how well this palette fits the same images")
  private @Nullable Source compared;

  @Mixin private DeadLetterOption deadLetters = new DeadLetterOption();

  @Option(
      names = "--out",
      paramLabel = "P.npy",
      required = true,
      description = "float32 [K, 3] in [-1, 1], as OpenAI's kmeans_centers.npy")
  private Target out;

  @Override
  public Integer call() throws IOException {
    OutputFile.checked(out);
    PipelineOptions options = BeamOptions.of(palette.invocation().beam());
    FittedPalette fitted = run(fit(), options);
    DeadLetterOption.warn(fitted.deadLetters());
    print(fitted);
    return 0;
  }

  private PaletteFit fit() throws IOException {
    check("--colors", colours, 2, Short.MAX_VALUE);
    check("--rounds", rounds, 1, PaletteFit.MAX_ROUNDS);
    Resizing resizing = Resizing.NONE;
    if (nPx != null) {
      check("--n-px", nPx, 1, Architecture.MAX_N_PX);
      resizing = new Resizing(nPx, resample);
    }
    Limits limits = limitTrain == null ? Limits.NONE : Limits.NONE.withTrain(limitTrain);
    Optional<Palette> other =
        compared == null ? Optional.empty() : Optional.of(Palette.read(compared.local()));
    return new PaletteFit(
        dataset.open(limits), resizing, colours, rounds, seed, other, deadLetters.limit());
  }

  private static void check(String flag, int value, int min, int max) {
    if (value < min || value > max) {
      throw new InvalidInputException(
          "%s: expected %d..%d, got %d".formatted(flag, min, max, value));
    }
  }

  private FittedPalette run(PaletteFit fit, PipelineOptions options) throws IOException {
    DatasetPlan plan = fit.dataset();
    LiveCounts.IMAGES.reset();
    try (WorkFolder work = WorkFolder.beside(out.location());
        FileFilling file = FileFilling.of(out);
        ProgressLine progress =
            new ProgressLine(
                "palette", "images", plan.count(Split.TRAIN), LiveCounts.IMAGES::sum)) {
      FittedPalette fitted = fit.run(work.location(), options);
      fitted.palette().write(file.path());
      file.publish();
      return fitted;
    }
  }

  private void print(FittedPalette fitted) {
    FitStep start = fitted.steps().get(0);
    System.out.printf(
        Locale.ROOT,
        "%s: %d colours for %,d images (%,d pixels of %,d colours)%n%n",
        out,
        fitted.palette().size(),
        fitted.images(),
        start.pixels(),
        start.distinct());
    System.out.printf("%-12s mean squared distance per pixel     PSNR%n", "");
    fitted.steps().forEach(step -> print(name(step), step));
    fitted.compared().ifPresent(step -> print(String.valueOf(compared), step));
  }

  private static String name(FitStep step) {
    return step.round() == 0 ? "start" : "round " + step.round();
  }

  private static void print(String name, FitStep step) {
    System.out.printf(
        Locale.ROOT,
        "%-12s %31.9f %8.3f dB%s%n",
        name,
        step.meanSquaredError(),
        step.psnr(),
        step.empty() == 0 ? "" : "  (%d colours without a pixel)".formatted(step.empty()));
  }
}
