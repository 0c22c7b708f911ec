package dev.pixelprobe.eval.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pixelprobe.eval.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Records as JSON files: snake_case names in the order of declaration, no nulls, finite numbers
 * only.
 */
public final class JsonFile {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private JsonFile() {}

  /**
   * Writes {@code record} beside {@code file} and renames it, so that {@code file} appears whole or
   * not at all; an older one is replaced.
   *
   * @throws IllegalStateException if a number is not finite
   */
  public static void write(Path file, Object record) throws IOException {
    byte[] content = bytes(record);
    Path target = file.toAbsolutePath();
    Path aside = target.resolveSibling("." + target.getFileName() + ".part");
    try {
      Files.write(aside, content);
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  /**
   * What {@link #write} writes.
   *
   * @throws IllegalStateException if a number is not finite
   */
  public static byte[] bytes(Object record) throws IOException {
    JsonNode tree = MAPPER.valueToTree(record);
    checkFinite("", tree);
    return (MAPPER.writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a file that {@link #write} has written.
   *
   * @throws InvalidInputException if it is not JSON, or not of this type
   */
  public static <T> T read(Path file, Class<T> type) throws IOException {
    try {
      return MAPPER.readValue(Files.readString(file), type);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "%s: expected a file as pixelprobe writes it, got %s; delete it"
              .formatted(file, e.getOriginalMessage().lines().findFirst().orElse("a JSON error")),
          e);
    }
  }

  private static void checkFinite(String path, JsonNode node) {
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      throw new IllegalStateException(path + ": expected a finite number, got " + node.asText());
    }
    node.fields().forEachRemaining(e -> checkFinite(path + "/" + e.getKey(), e.getValue()));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      checkFinite(path + "/" + i, node.get(i));
    }
  }

  /**
   * Reads results.json. What it holds beyond the schema is ignored.
   *
   * @throws InvalidInputException if the file is not JSON, of another or newer schema, or
   *     incomplete
   */
  public static Results readResults(Path file) throws IOException {
    try {
      JsonNode tree = MAPPER.readTree(Files.readString(file));
      String schema = tree.path("schema").asText();
      if (!schema.equals(Results.SCHEMA)) {
        throw new InvalidInputException(
            "%s: expected schema %s, got %s; read it with the pixelprobe that wrote it"
                .formatted(file, Results.SCHEMA, schema.isEmpty() ? "none" : schema));
      }
      return MAPPER.treeToValue(tree, Results.class);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "%s: expected results as pixelprobe writes them, got %s; run the benchmark again"
              .formatted(file, e.getOriginalMessage().lines().findFirst().orElse("a JSON error")),
          e);
    }
  }
}
