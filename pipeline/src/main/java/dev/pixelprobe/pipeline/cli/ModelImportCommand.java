package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Objective;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.SavedModelWriter;
import dev.pixelprobe.model.checkpoint.Checkpoint;
import dev.pixelprobe.pipeline.storage.Filling;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
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
  private static final String GRAPH = "saved_model.pb";

  @Option(
      names = "--from",
      paramLabel = "DIR|PREFIX|gs://..",
      required = true,
      description =
          "a HuggingFace folder (config.json; model.safetensors or pytorch_model.bin, also in"
              + " shards with an index; at best preprocessor_config.json), or the prefix of OpenAI's"
              + " TensorFlow checkpoint, such as DIR/model.ckpt-1000000")
  private Source from;

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
      paramLabel = "P.npy|DIR|gs://..",
      description =
          "the colours, if the checkpoint has none: OpenAI's kmeans_centers.npy, or a model that"
              + " was imported before")
  private @Nullable Source palette;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "the model's name in reports; default that of the folder or checkpoint")
  private @Nullable String name;

  @Option(
      names = "--out",
      paramLabel = "DIR|gs://..",
      required = true,
      description = "a new or empty directory")
  private Target out;

  @Override
  public Integer call() throws IOException {
    OutputDirectory.checked(out);
    Optional<Palette> given = givenPalette();
    try (Checkpoint checkpoint = Checkpoint.open(from.localPrefix(), objective)) {
      checkHeads(checkpoint);
      Optional<Palette> colours = given.or(checkpoint::palette);
      warn(checkpoint, colours);
      System.out.print(ModelSummary.of(write(checkpoint, colours)));
    }
    return 0;
  }

  private ModelInfo write(Checkpoint checkpoint, Optional<Palette> colours) throws IOException {
    try (Filling folder = Filling.of(out)) {
      Path dir = folder.path().resolve("model");
      ModelInfo info =
          SavedModelWriter.write(
              modelName(),
              checkpoint.architecture(),
              checkpoint,
              colours,
              checkpoint.resample(),
              dir);
      folder.publish(dir, GRAPH);
      return info;
    }
  }

  private Optional<Palette> givenPalette() throws IOException {
    if (palette == null) {
      return Optional.empty();
    }
    Path local = palette.local();
    return Optional.of(
        Files.isDirectory(local) ? ModelInfo.read(local).palette(local) : Palette.read(local));
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
    return from.name().isEmpty() ? "model" : from.name();
  }
}
