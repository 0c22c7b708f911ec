package dev.pixelprobe.model.encoder;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.SavedModels;
import dev.pixelprobe.model.SessionOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.SavedModelBundle;

/** Finds out, before any work starts, how an encoder is called and what comes out of it. */
public final class EncoderInspection {
  /** Side of the trial image where the encoder takes any. */
  private static final int TRIAL_SIZE = 224;

  private EncoderInspection() {}

  /**
   * Loads the SavedModel, resolves what the settings leave open, and runs one grey image.
   *
   * @param settings go before those of {@link EncoderSettings#FILE}
   * @throws InvalidInputException if the directory holds no SavedModel, or one that cannot be
   *     called like this
   */
  public static EncoderInfo of(Path modelDir, EncoderSettings settings, Precision precision)
      throws IOException {
    if (!SavedModels.isIn(modelDir)) {
      throw new InvalidInputException(
          "model %s: expected a SavedModel, got no saved_model.pb".formatted(modelDir));
    }
    String model = "model " + modelDir;
    EncoderSettings all = settings.orElse(EncoderSettings.read(modelDir));
    String key = all.signature() == null ? EncoderSettings.DEFAULT_SIGNATURE : all.signature();
    try (SavedModelBundle bundle =
        SavedModels.load(modelDir, precision, SessionOptions.ofProcess())) {
      EncoderSignature signature = EncoderSignature.of(bundle, key, model);
      ImageInput input = signature.resolveInput(all);
      List<String> names = signature.outputs(all.output());
      List<EncoderOutput> outputs = tryOut(bundle, signature, input, names, model);
      return new EncoderInfo(
          modelDir.toString(),
          String.valueOf(modelDir.getFileName()),
          ModelFiles.digest(modelDir, key, input.describe()),
          key,
          input,
          outputs,
          precision);
    }
  }

  private static List<EncoderOutput> tryOut(
      SavedModelBundle bundle,
      EncoderSignature signature,
      ImageInput input,
      List<String> names,
      String model) {
    RgbImage grey = input.prepare(grey());
    List<EncoderOutput> outputs = new ArrayList<>();
    List<PooledOutput> pooled =
        ImageEncoder.forward(bundle, signature, input, names, List.of(grey), model);
    for (int i = 0; i < names.size(); i++) {
      outputs.add(new EncoderOutput(names.get(i), pooled.get(i).dim()));
    }
    return outputs;
  }

  private static RgbImage grey() {
    byte[] rgb = new byte[TRIAL_SIZE * TRIAL_SIZE * 3];
    Arrays.fill(rgb, (byte) 128);
    return RgbImage.wrap(TRIAL_SIZE, TRIAL_SIZE, rgb);
  }
}
