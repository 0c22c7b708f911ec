package dev.pixelprobe.model.checkpoint;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.checkpoint.tensor.ForeignText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A JSON object in a small file, whose fields are read with their range checked. */
record JsonFile(Path file, JsonNode root) {
  private static final long MAX_BYTES = 64L << 20;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static JsonFile read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(file + ": expected a JSON file, got no such file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new InvalidInputException(
          "%s: expected at most %d bytes of JSON, got %d"
              .formatted(file, MAX_BYTES, Files.size(file)));
    }
    try {
      JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
      if (!root.isObject()) {
        throw new InvalidInputException(file + ": expected a JSON object");
      }
      return new JsonFile(file, root);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "%s: expected JSON, got %s".formatted(file, ForeignText.brief(e.getOriginalMessage())),
          e);
    }
  }

  boolean has(String name) {
    return root.hasNonNull(name);
  }

  int integer(String name, int min, int max) {
    JsonNode value = root.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(name, "a whole number in %d..%d".formatted(min, max));
    }
    if (value.intValue() < min || value.intValue() > max) {
      throw wrong(name, "%d..%d".formatted(min, max));
    }
    return value.intValue();
  }

  /** Fails unless the field is absent, null or {@code expected}. */
  void allowOnly(String name, boolean expected) {
    if (has(name) && !(root.get(name).isBoolean() && root.get(name).booleanValue() == expected)) {
      throw wrong(name, String.valueOf(expected));
    }
  }

  /** Fails unless the field is absent, null or {@code expected}. */
  void allowOnly(String name, String expected) {
    if (has(name) && !root.get(name).asText().equals(expected)) {
      throw wrong(name, expected);
    }
  }

  InvalidInputException wrong(String name, String expected) {
    JsonNode value = root.path(name);
    String got = value.isMissingNode() ? "nothing" : ForeignText.brief(value.toString());
    return new InvalidInputException(
        "%s: %s: expected %s, got %s".formatted(file, name, expected, got));
  }
}
