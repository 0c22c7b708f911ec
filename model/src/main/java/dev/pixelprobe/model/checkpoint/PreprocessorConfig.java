package dev.pixelprobe.model.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.Resample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * HuggingFace's preprocessor_config.json: how pixels become tokens.
 *
 * @param nPx side that images are resized to
 * @param resample filter that resizes; bilinear where the file says nothing
 * @param palette the {@code clusters}, where the file has them
 */
public record PreprocessorConfig(int nPx, Resample resample, Optional<Palette> palette) {
  /**
   * Reads the file.
   *
   * @throws InvalidInputException if the file is not such a config, its size is not square, or its
   *     filter is not one of ours
   */
  public static PreprocessorConfig read(Path file) throws IOException {
    JsonFile json = JsonFile.read(file);
    return new PreprocessorConfig(nPx(json), resample(json), palette(json));
  }

  private static int nPx(JsonFile json) {
    JsonNode size = json.root().path("size");
    if (!size.isObject()) {
      return json.integer("size", 1, Architecture.MAX_N_PX);
    }
    JsonFile sides = new JsonFile(json.file(), size);
    int height = sides.integer("height", 1, Architecture.MAX_N_PX);
    if (sides.integer("width", 1, Architecture.MAX_N_PX) != height) {
      throw json.wrong("size", "height and width alike");
    }
    return height;
  }

  private static Resample resample(JsonFile json) {
    if (!json.has("resample")) {
      return Resample.BILINEAR;
    }
    return Resample.ofPilCode(json.integer("resample", 0, 5))
        .orElseThrow(() -> json.wrong("resample", "2 (bilinear), 3 (bicubic) or 4 (box)"));
  }

  private static Optional<Palette> palette(JsonFile json) {
    if (!json.has("clusters")) {
      return Optional.empty();
    }
    JsonNode clusters = json.root().get("clusters");
    float[] values = new float[clusters.size() * 3];
    for (int row = 0; row < clusters.size(); row++) {
      JsonNode colour = clusters.get(row);
      for (int channel = 0; channel < 3; channel++) {
        if (colour.size() != 3 || !colour.get(channel).isNumber()) {
          throw new InvalidInputException(
              "%s: clusters: expected rows of 3 numbers, got %s at row %d"
                  .formatted(json.file(), colour, row));
        }
        values[row * 3 + channel] = colour.get(channel).floatValue();
      }
    }
    return Optional.of(Palette.of(values, json.file().toString()));
  }
}
