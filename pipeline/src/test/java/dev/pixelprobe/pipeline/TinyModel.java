package dev.pixelprobe.pipeline;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.model.SavedModelWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/** An Image GPT that was never trained, the same in every run, and small enough for any test. */
public final class TinyModel {
  public static final Architecture ARCHITECTURE = new Architecture(4, 8, 2, 2, 16, 6, 1e-5);

  /** Black, white, red, green, blue and grey. */
  private static final Palette PALETTE =
      Palette.of(
          new float[] {-1, -1, -1, 1, 1, 1, 1, -1, -1, -1, 1, -1, -1, -1, 1, 0, 0, 0}, "tiny");

  private TinyModel() {}

  /** Writes it as a SavedModel directory. */
  public static Path write(Path modelDir) throws IOException {
    SavedModelWriter.write(
        "igpt-tiny", ARCHITECTURE, TinyModel::tensor, Optional.of(PALETTE), Resample.BOX, modelDir);
    return modelDir;
  }

  private static float[] tensor(String name, long... shape) {
    Random random = new Random(name.hashCode());
    float gain = name.contains("ln_") ? 1 : 0;
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = gain + 0.3f * (float) random.nextGaussian();
    }
    return values;
  }
}
