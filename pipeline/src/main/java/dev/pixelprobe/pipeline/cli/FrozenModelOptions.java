package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.SavedModels;
import dev.pixelprobe.model.checkpoint.BundledModels;
import dev.pixelprobe.model.encoder.EncoderInspection;
import dev.pixelprobe.pipeline.extract.FrozenEncoder;
import dev.pixelprobe.pipeline.extract.FrozenImageGpt;
import dev.pixelprobe.pipeline.extract.FrozenModel;
import dev.pixelprobe.pipeline.probe.ProbeInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Which features of which model, be it an Image GPT or another. */
final class FrozenModelOptions {
  private static final List<String> OF_IMAGE_GPT = List.of("--layers", "--features", "--input");

  /** How other models are called. */
  static final List<String> OF_ENCODERS =
      List.of(
          "--signature",
          "--image-size",
          "--resample",
          "--scale",
          "--mean",
          "--std",
          "--channels-first");

  @Mixin private ModelOption model = new ModelOption();
  @Mixin private LayerOptions layers = new LayerOptions();
  @Mixin private InputOption input = new InputOption();
  @Mixin private PrecisionOption precision = new PrecisionOption();
  @Mixin private EncoderOptions encoder = new EncoderOptions();

  @Option(
      names = "--output",
      paramLabel = "NAME",
      split = ",",
      description =
          "models other than Image GPT: its outputs that are probed; default all that are float32")
  private @Nullable List<String> output;

  /**
   * The model as the user calls it.
   *
   * @param typed what flags there were: those of another kind of model are refused
   */
  FrozenModel resolve(ParseResult typed) throws IOException {
    ModelPlace place = model.place();
    return SavedModels.isIn(place.local()) && !ModelInfo.isIn(place.local())
        ? encoder(place, typed)
        : imageGpt(place, typed);
  }

  /** What to probe of the features of {@link #resolve}. */
  List<ProbeInput> inputs(FrozenModel frozen) {
    return layers.inputs(frozen.columns());
  }

  private FrozenModel imageGpt(ModelPlace place, ParseResult typed) throws IOException {
    ModelInfo info = ModelInfo.read(place.local());
    String imageGpt = "the Image GPT " + info.name();
    refuse(typed, List.of("--output"), "a SavedModel of another kind", imageGpt);
    refuse(typed, OF_ENCODERS, "a SavedModel of another kind", imageGpt);
    return new FrozenImageGpt(
        place.location(),
        info,
        layers.features(info.architecture()),
        input.reading(info.architecture()),
        precision.precision());
  }

  private FrozenModel encoder(ModelPlace place, ParseResult typed) throws IOException {
    refuse(typed, OF_IMAGE_GPT, "an Image GPT", "another SavedModel in " + place.location());
    return new FrozenEncoder(
        EncoderInspection.of(
                place.local(), encoder.settings().withOutput(output), precision.precision())
            .at(place.location()),
        paletteOfViews());
  }

  /** Any would do; the bundled model's is always there. */
  static Palette paletteOfViews() throws IOException {
    Path bundled = ModelOption.named(BundledModels.IGPT_XS_16PX).directory();
    return ModelInfo.read(bundled).palette(bundled);
  }

  /** Refuses flags that another kind of model has. */
  static void refuse(ParseResult typed, List<String> flags, String expected, String got) {
    for (String flag : flags) {
      if (typed.hasMatchedOption(flag)) {
        throw new InvalidInputException(
            "%s: expected %s, got %s; leave the flag out or give another model"
                .formatted(flag, expected, got));
      }
    }
  }
}
