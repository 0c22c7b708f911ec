package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.checkpoint.BundledModels;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which frozen model. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "NAME|DIR|gs://..",
      defaultValue = BundledModels.IGPT_XS_16PX,
      description =
          "a bundled model, the directory `pixelprobe model import` made, or (run, extract) any"
              + " SavedModel that takes images; default ${DEFAULT-VALUE}")
  private String model = BundledModels.IGPT_XS_16PX;

  /** The model of this name or directory, not from the command line. */
  static ModelOption named(String model) {
    ModelOption option = new ModelOption();
    option.model = model;
    return option;
  }

  /** The SavedModel; a bundled model is unpacked into the user's cache first. */
  ModelPlace place() throws IOException {
    if (BundledModels.NAMES.contains(model)) {
      Path installed = UserCache.directory().resolve("models").resolve(bundledVersion());
      BundledModels.install(model, installed);
      return ModelPlace.made(installed);
    }
    Source source = Source.of(model);
    if (!Files.isDirectory(source.local())) {
      throw new InvalidInputException(
          "--model: expected one of %s or a directory, got %s; see `pixelprobe model import --help`"
              .formatted(String.join(", ", BundledModels.NAMES), model));
    }
    return ModelPlace.of(source);
  }

  /** Where this process reads it. */
  Path directory() throws IOException {
    return place().local();
  }

  /** Another version of the program may lay out a SavedModel differently. */
  private String bundledVersion() throws IOException {
    return model + "-" + new Version().number();
  }

  ModelInfo info() throws IOException {
    return ModelInfo.read(directory());
  }
}
