package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Objective;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.SavedModelWriter;
import dev.pixelprobe.model.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A checkpoint to a SavedModel. */
@Command(
    name = "import",
    description = "Turn a published Image GPT into a SavedModel directory.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelImportCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      paramLabel = "DIR|PREFIX",
      required = true,
      description =
          "a HuggingFace folder (config.json; model.safetensors or pytorch_model.bin, also in"
              + " shards with an index; at best preprocessor_config.json), or the prefix of OpenAI's"
              + " TensorFlow checkpoint, such as DIR/model.ckpt-1000000")
  private Path from;

  @Option(
      names = "--objective",
      paramLabel = "autoregressive|bert",
      defaultValue = "autoregressive",
      description =
          "what the model was trained to do; bert: every token is seen, no start token; default"
              + " ${DEFAULT-VALUE}")
  private Objective objective = Objective.AUTOREGRESSIVE;

  @Option(
      names = "--n-head",
      paramLabel = "H",
      description = "fail unless the checkpoint says it has H attention heads")
  private @Nullable Integer heads;

  @Option(
      names = "--palette",
      paramLabel = "P.npy|DIR",
      description =
          "the colours, if the checkpoint has none: OpenAI's kmeans_centers.npy, or a model that"
              + " was imported before")
  private @Nullable Path palette;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "the model's name in reports; default that of the folder or checkpoint")
  private @Nullable String name;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "a new or empty directory")
  private Path out;

  @Override
  public Integer call() throws IOException {
    OutputDirectory.checked(out);
    Optional<Palette> given = givenPalette();
    try (Checkpoint checkpoint = Checkpoint.open(from, objective)) {
      checkHeads(checkpoint);
      Optional<Palette> colours = given.or(checkpoint::palette);
      warn(checkpoint, colours);
      ModelInfo info =
          SavedModelWriter.write(
              modelName(),
              checkpoint.architecture(),
              checkpoint,
              colours,
              checkpoint.resample(),
              out);
      System.out.print(ModelSummary.of(info));
    }
    return 0;
  }

  private Optional<Palette> givenPalette() throws IOException {
    if (palette == null) {
      return Optional.empty();
    }
    return Optional.of(
        Files.isDirectory(palette)
            ? ModelInfo.read(palette).palette(palette)
            : Palette.read(palette));
  }

  private void checkHeads(Checkpoint checkpoint) {
    int published = checkpoint.architecture().nHead();
    if (heads != null && heads != published) {
      throw new InvalidInputException(
          "--n-head: expected %d, as %s says, got %d".formatted(published, from, heads));
    }
  }

  private void warn(Checkpoint checkpoint, Optional<Palette> colours) {
    List<String> absent = checkpoint.absentBiases();
    if (!absent.isEmpty()) {
      System.err.printf(
          "warning: %s: %d biases are not in the file and are taken as 0 (%s ..)%n",
          from, absent.size(), absent.get(0));
    }
    if (colours.isEmpty()) {
      System.err.printf(
          "warning: %s: no palette, so this model can read tokens but no images; pass --palette%n",
          from);
    }
  }

  private String modelName() {
    if (name != null) {
      return name;
    }
    Path folder = from.toAbsolutePath().normalize().getFileName();
    return folder == null ? "model" : folder.toString();
  }
}
