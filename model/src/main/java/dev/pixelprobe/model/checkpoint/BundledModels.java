package dev.pixelprobe.model.checkpoint;

import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.SavedModelWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The models that come with pixelprobe, as HuggingFace folders among its resources. */
public final class BundledModels {
  /**
   * An 8-layer Image GPT of 16 x 16 pixels, 3.8 million parameters: for demonstration and tests.
   */
  public static final String IGPT_XS_16PX = "igpt-xs-16px";

  public static final List<String> NAMES = List.of(IGPT_XS_16PX);

  private static final List<String> FILES =
      List.of("config.json", "preprocessor_config.json", "model.safetensors");

  private BundledModels() {}

  /**
   * Imports a bundled model, unless {@code modelDir} holds it already. Of several processes that do
   * so at once, the first wins.
   *
   * @param name one of {@link #NAMES}
   * @param modelDir where its SavedModel is, or shall be
   */
  public static void install(String name, Path modelDir) throws IOException {
    if (ModelInfo.isIn(modelDir)) {
      return;
    }
    Path checkpoint = Files.createTempDirectory("pixelprobe-" + name);
    try {
      unpack(name, checkpoint);
      try (HuggingFaceCheckpoint weights = HuggingFaceCheckpoint.open(checkpoint)) {
        SavedModelWriter.write(
            name, weights.architecture(), weights, weights.palette(), weights.resample(), modelDir);
      } catch (FileSystemException e) {
        if (!ModelInfo.isIn(modelDir)) {
          throw e;
        }
      }
    } finally {
      AsideDirectory.delete(checkpoint);
    }
  }

  private static void unpack(String name, Path into) throws IOException {
    for (String file : FILES) {
      try (InputStream in = BundledModels.class.getResourceAsStream(name + "/" + file)) {
        if (in == null) {
          throw new IllegalStateException("resource missing: " + name + "/" + file);
        }
        Files.copy(in, into.resolve(file));
      }
    }
  }
}
