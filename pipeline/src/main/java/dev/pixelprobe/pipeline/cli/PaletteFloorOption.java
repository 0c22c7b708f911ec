package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.distance.GenerativeMetrics;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.distance.Extractor;
import dev.pixelprobe.pipeline.distance.PaletteFloor;
import dev.pixelprobe.pipeline.distance.Summaries;
import dev.pixelprobe.pipeline.distance.Summarizing;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose colours are to be measured. */
final class PaletteFloorOption {
  static final String FLAG = "--palette-floor";

  @Option(
      names = FLAG,
      paramLabel = "NAME|DIR|gs://..",
      description =
          "also how far the real images, in the size of this Image GPT, are from themselves in its"
              + " colours: what the palette alone costs")
  private @Nullable String model;

  private @Nullable PaletteFloor floor;

  boolean isGiven() {
    return model != null;
  }

  /**
   * Reads the palette, if one is named.
   *
   * @throws InvalidInputException if the extractor reads images in these colours anyway
   */
  void prepare(Extractor extractor) throws IOException {
    if (model == null) {
      return;
    }
    floor = PaletteFloor.of(ModelOption.named(model).place().location());
    if (floor.isZeroFor(extractor)) {
      throw new InvalidInputException(
          "%s %s: expected other colours than the extractor's own, in which the floor is 0, got those; leave it out"
              .formatted(FLAG, model));
    }
  }

  /** The floor, if it is wanted. */
  List<Distance> distances(Summaries summaries, Summarizing real, GenerativeMetrics.Options options)
      throws IOException {
    return floor == null
        ? List.of()
        : List.of(
            floor.between(
                SummaryStep.run("resized", summaries, floor.resized(real)),
                SummaryStep.run("quantised", summaries, floor.quantized(real)),
                options));
  }
}
