package dev.pixelprobe.model.checkpoint;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;

/** HuggingFace's config.json of an ImageGPT, as far as it says what to compute. */
public final class HuggingFaceConfig {
  private static final double DEFAULT_EPSILON = 1e-5;

  private HuggingFaceConfig() {}

  /**
   * Reads the architecture. {@code n_inner} absent means 4 d, {@code layer_norm_epsilon} 1e-5.
   *
   * @throws InvalidInputException if the file is not such a config, or asks for something our graph
   *     does not compute
   */
  public static Architecture read(Path file) throws IOException {
    JsonFile json = JsonFile.read(file);
    refuseOtherModels(json);
    int nEmbd = json.integer("n_embd", 1, Architecture.MAX_WIDTH);
    int nHead = json.integer("n_head", 1, nEmbd);
    if (nEmbd % nHead != 0) {
      throw json.wrong("n_embd", "a multiple of n_head " + nHead);
    }
    int nInner =
        json.has("n_inner")
            ? json.integer("n_inner", 1, Architecture.MAX_WIDTH)
            : Math.multiplyExact(4, nEmbd);
    return new Architecture(
        nPx(json),
        nEmbd,
        json.integer("n_layer", 1, Architecture.MAX_LAYERS),
        nHead,
        nInner,
        json.integer("vocab_size", 3, Short.MAX_VALUE + 1) - 1,
        epsilon(json));
  }

  private static void refuseOtherModels(JsonFile json) {
    json.allowOnly("model_type", "imagegpt");
    json.allowOnly("activation_function", "quick_gelu");
    json.allowOnly("scale_attn_weights", true);
    json.allowOnly("scale_attn_by_inverse_layer_idx", false);
    json.allowOnly("add_cross_attention", false);
    json.allowOnly("tie_word_embeddings", false);
  }

  private static int nPx(JsonFile json) {
    int max = Architecture.MAX_N_PX * Architecture.MAX_N_PX;
    int positions = json.integer("n_positions", 1, max);
    int nPx = (int) Math.sqrt(positions);
    if (nPx * nPx != positions) {
      throw json.wrong("n_positions", "a square number (n_px * n_px)");
    }
    return nPx;
  }

  private static double epsilon(JsonFile json) {
    if (!json.has("layer_norm_epsilon")) {
      return DEFAULT_EPSILON;
    }
    double epsilon = json.root().get("layer_norm_epsilon").asDouble();
    if (!(epsilon > 0 && epsilon < 1)) {
      throw json.wrong("layer_norm_epsilon", "a number in (0, 1)");
    }
    return epsilon;
  }
}
