package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.SavedModelWriter;
import dev.pixelprobe.model.checkpoint.HuggingFaceCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A checkpoint to a SavedModel. */
@Command(
    name = "import",
    description = "Turn a HuggingFace ImageGPT folder into a SavedModel directory.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ModelImportCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      paramLabel = "DIR",
      required = true,
      description = "holds config.json, model.safetensors and, at best, preprocessor_config.json")
  private Path from;

  @Option(
      names = "--palette",
      paramLabel = "P.npy",
      description = "the colours, if the folder has none: OpenAI's kmeans_centers.npy")
  private @Nullable Path palette;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "the model's name in reports; default the folder's")
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
    try (HuggingFaceCheckpoint checkpoint = open()) {
      warn(checkpoint);
      ModelInfo info =
          SavedModelWriter.write(
              modelName(),
              checkpoint.architecture(),
              checkpoint,
              checkpoint.palette(),
              checkpoint.resample(),
              out);
      System.out.print(ModelSummary.of(info));
    }
    return 0;
  }

  private HuggingFaceCheckpoint open() throws IOException {
    return palette == null
        ? HuggingFaceCheckpoint.open(from)
        : HuggingFaceCheckpoint.open(from, Palette.read(palette));
  }

  private void warn(HuggingFaceCheckpoint checkpoint) {
    List<String> absent = checkpoint.absentBiases();
    if (!absent.isEmpty()) {
      System.err.printf(
          "warning: %s: %d biases are not in the file and are taken as 0 (%s ..)%n",
          from, absent.size(), absent.get(0));
    }
    if (checkpoint.palette().isEmpty()) {
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
