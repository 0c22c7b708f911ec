package dev.pixelprobe.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a SavedModel directory says of itself, in {@code assets.extra/pixelprobe.json}.
 *
 * @param schema {@value #SCHEMA}
 * @param name the model's name, as in reports
 * @param digest SHA-256 of architecture, weights, palette and resampling: the same model imported
 *     twice has the same digest
 * @param resample how images are brought to n_px x n_px
 * @param paletteDigest of the palette that comes with it; null if it has none and reads tokens only
 */
public record ModelInfo(
    String schema,
    String name,
    String digest,
    Architecture architecture,
    Resample resample,
    @Nullable String paletteDigest) {
  static final String SCHEMA = "pixelprobe/model/1";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  static ModelInfo of(
      String name,
      Architecture architecture,
      String weightsDigest,
      Optional<Palette> palette,
      Resample resample) {
    String paletteDigest = palette.map(Palette::digest).orElse("none");
    String content =
        String.join(
            "\n", described(architecture), weightsDigest, paletteDigest, resample.toString());
    String digest = Sha256.hex(content);
    return new ModelInfo(
        SCHEMA, name, digest, architecture, resample, palette.map(Palette::digest).orElse(null));
  }

  /** As it was before there was an objective, so that digests of old models hold. */
  private static String described(Architecture a) {
    String sizes =
        "Architecture[nPx=%d, nEmbd=%d, nLayer=%d, nHead=%d, nInner=%d, colours=%d, epsilon=%s]"
            .formatted(
                a.nPx(), a.nEmbd(), a.nLayer(), a.nHead(), a.nInner(), a.colours(), a.epsilon());
    return a.causal() ? sizes : sizes + " " + a.objective().label();
  }

  static Path fileIn(Path modelDir) {
    return modelDir.resolve("assets.extra").resolve("pixelprobe.json");
  }

  /** Whether the directory holds a model of ours. */
  public static boolean isIn(Path modelDir) {
    return Files.exists(fileIn(modelDir));
  }

  /**
   * Reads it from a model.
   *
   * @param modelDir a SavedModel directory
   * @throws InvalidInputException if it is not one of pixelprobe's, or of a newer version
   */
  public static ModelInfo read(Path modelDir) throws IOException {
    Path file = fileIn(modelDir);
    try {
      ModelInfo info = JSON.readValue(Files.readString(file), ModelInfo.class);
      if (!SCHEMA.equals(info.schema())) {
        throw new InvalidInputException(
            "model %s: expected schema %s, got %s; import it again with this version"
                .formatted(file, SCHEMA, info.schema()));
      }
      return info;
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          "model %s: expected a SavedModel with assets.extra/pixelprobe.json, got none; make one with `pixelprobe model import`"
              .formatted(modelDir),
          e);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "model %s: expected JSON, got an error at line %d; import the model again"
              .formatted(file, e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
          e);
    }
  }

  /** What turns images into this model's tokens. */
  public Tokenizer tokenizer(Path modelDir) throws IOException {
    return new Tokenizer(palette(modelDir), architecture.nPx(), resample);
  }

  /**
   * The colours this model reads.
   *
   * @throws InvalidInputException if it has none
   */
  public Palette palette(Path modelDir) throws IOException {
    requirePalette();
    return Palette.read(SavedModelWriter.paletteIn(modelDir));
  }

  /**
   * The digest of the palette of a model that is to read images.
   *
   * @throws InvalidInputException if it has none
   */
  public String requirePalette() {
    if (paletteDigest == null) {
      throw new InvalidInputException(
          "model %s: expected a palette, got none; import it again with --palette".formatted(name));
    }
    return paletteDigest;
  }

  void write(Path modelDir) throws IOException {
    Path file = fileIn(modelDir);
    Files.createDirectories(file.getParent());
    Files.writeString(file, JSON.writeValueAsString(this) + "\n");
  }
}
