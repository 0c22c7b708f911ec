package dev.pixelprobe.model.encoder;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a graph does not say of itself: which signature and outputs, and how images are prepared.
 * Null is not said. A float input gets {@code (pixel * scale - mean) / std}, a pixel being 0..255.
 *
 * @param signature {@value #DEFAULT_SIGNATURE} if not said
 * @param output names of the signature's outputs; if not said, all that are float32
 * @param imageSize side of the square that images are resized to, in pixels; if not said, that of
 *     the graph's input
 * @param resample how they are resized, if at all; bilinear if not said
 * @param scale 1/255 if not said
 * @param mean for all channels, or for red, green and blue; 0 if not said
 * @param std likewise; 1 if not said
 * @param channelsFirst [B, 3, H, W] rather than [B, H, W, 3]; if not said, as the graph's shape
 *     tells, else false
 */
public record EncoderSettings(
    @Nullable String signature,
    @Nullable List<String> output,
    @Nullable Integer imageSize,
    @Nullable ResizeMethod resample,
    @Nullable Double scale,
    @Nullable List<Double> mean,
    @Nullable List<Double> std,
    @Nullable Boolean channelsFirst) {
  /** In the model's directory; its keys are the components in snake case. */
  public static final String FILE = "pixelprobe-input.json";

  public static final String DEFAULT_SIGNATURE = "serving_default";

  public static final EncoderSettings NONE =
      new EncoderSettings(null, null, null, null, null, null, null, null);

  private static final long MAX_BYTES = 1 << 20;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(
              DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
              DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads {@value #FILE} of a model; {@link #NONE} if there is no such file.
   *
   * @throws InvalidInputException if it is not JSON, has a key that is not known, or a value of
   *     another type
   */
  public static EncoderSettings read(Path modelDir) throws IOException {
    Path file = modelDir.resolve(FILE);
    if (!Files.exists(file)) {
      return NONE;
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new InvalidInputException(
          "%s: expected at most %d bytes of JSON, got %d"
              .formatted(file, MAX_BYTES, Files.size(file)));
    }
    try {
      EncoderSettings settings = JSON.readValue(Files.readAllBytes(file), EncoderSettings.class);
      return settings == null ? NONE : settings;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "%s: expected a JSON object with some of signature, output, image_size, resample, scale, mean, std, channels_first, got: %s"
              .formatted(file, oneLine(e)),
          e);
    }
  }

  private static String oneLine(JacksonException e) {
    String line = e.getOriginalMessage().lines().findFirst().orElse("damaged text");
    return line.length() > 200 ? line.substring(0, 200) + ".." : line;
  }

  /** These settings, and where they say nothing, the others. */
  public EncoderSettings orElse(EncoderSettings others) {
    return new EncoderSettings(
        first(signature, others.signature),
        first(output, others.output),
        first(imageSize, others.imageSize),
        first(resample, others.resample),
        first(scale, others.scale),
        first(mean, others.mean),
        first(std, others.std),
        first(channelsFirst, others.channelsFirst));
  }

  /** The same, but for these outputs; null leaves them open. */
  public EncoderSettings withOutput(@Nullable List<String> names) {
    return new EncoderSettings(
        signature, names, imageSize, resample, scale, mean, std, channelsFirst);
  }

  private static <T> @Nullable T first(@Nullable T value, @Nullable T other) {
    return value != null ? value : other;
  }
}
