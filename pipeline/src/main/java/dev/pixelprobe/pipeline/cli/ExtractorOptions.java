package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.SavedModels;
import dev.pixelprobe.pipeline.distance.Extractor;
import dev.pixelprobe.pipeline.distance.Extractors;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** What makes the features that are compared. */
final class ExtractorOptions {
  private static final String EXTRACTOR = "--extractor";
  private static final String IMAGE_GPT = "igpt";
  private static final List<String> OF_IMAGE_GPT = List.of("--model");

  @Option(
      names = EXTRACTOR,
      paramLabel = "igpt|inception|DIR|gs://..",
      description =
          "an Image GPT, the network of FID, or any SavedModel that takes images; default inception"
              + " once it is fetched, unless --model is given, else igpt")
  private @Nullable String extractor;

  @Option(
      names = "--tap",
      paramLabel = "NAME",
      description =
          "which of its features: of an Image GPT ln_1_4, h_8 and so on, default ln_1 of the middle"
              + " layer; of inception 64, 192, 768 or 2048, default 2048; of another model an output,"
              + " which may be left out if there is only one")
  private @Nullable String tap;

  @Mixin private InceptionOptions inception = new InceptionOptions();
  @Mixin private ModelOption model = new ModelOption();
  @Mixin private PrecisionOption precision = new PrecisionOption();
  @Mixin private EncoderOptions encoder = new EncoderOptions();

  /** Whether the command line names one. */
  boolean isGiven() {
    return extractor != null;
  }

  /**
   * The extractor as the user calls it.
   *
   * @param typed what flags there were: those of another kind of model are refused
   */
  Extractor resolve(ParseResult typed) throws IOException {
    String name = name(typed);
    if (!name.equals(InceptionOptions.NAME)) {
      FrozenModelOptions.refuse(
          typed, InceptionOptions.FLAGS, EXTRACTOR + " " + InceptionOptions.NAME, name);
    }
    if (name.equals(IMAGE_GPT)) {
      FrozenModelOptions.refuse(
          typed, FrozenModelOptions.OF_ENCODERS, "a SavedModel of another kind", IMAGE_GPT);
      return Extractors.ofImageGpt(model.place().location(), tap, precision.precision());
    }
    FrozenModelOptions.refuse(typed, OF_IMAGE_GPT, EXTRACTOR + " " + IMAGE_GPT, name);
    if (name.equals(InceptionOptions.NAME)) {
      FrozenModelOptions.refuse(
          typed, FrozenModelOptions.OF_ENCODERS, "a SavedModel of another kind", name);
      return inception.extractor(tap, precision.precision());
    }
    Source source = Source.of(name);
    Path dir = source.local();
    if (ModelInfo.isIn(dir)) {
      return Extractors.ofImageGpt(source.location(), tap, precision.precision());
    }
    if (!SavedModels.isIn(dir)) {
      throw new InvalidInputException(
          "%s: expected %s, %s or the directory of a SavedModel, got %s"
              .formatted(EXTRACTOR, IMAGE_GPT, InceptionOptions.NAME, name));
    }
    return Extractors.ofSavedModel(
        source.location(),
        encoder.settings(),
        tap,
        precision.precision(),
        FrozenModelOptions.paletteOfViews());
  }

  private String name(ParseResult typed) {
    if (extractor != null) {
      return extractor;
    }
    boolean inceptionIsMeant =
        OF_IMAGE_GPT.stream().noneMatch(typed::hasMatchedOption) && inception.isAtHand();
    return inceptionIsMeant ? InceptionOptions.NAME : IMAGE_GPT;
  }
}
