package dev.pixelprobe.pipeline.features;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.files.Folder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;

/** {@code features.json}: a {@link FeatureManifest} in snake case under the name of its schema. */
public final class FeatureManifestFile {
  static final String NAME = "features.json";
  static final String SCHEMA = "pixelprobe/features/2";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private FeatureManifestFile() {}

  /**
   * Makes the files in {@code directory} a feature set. To be called when they are all there; what
   * failed bundles left is deleted.
   */
  public static void write(FeatureManifest manifest, String directory) throws IOException {
    ObjectNode tree = JSON.createObjectNode().put("schema", SCHEMA);
    tree.setAll(JSON.<ObjectNode>valueToTree(manifest));
    FeatureFiles.deleteTemporary(directory);
    Folder.at(directory).writeWhole(NAME, JSON.writeValueAsBytes(tree));
  }

  /**
   * Reads the manifest in {@code directory}; of the files it lists, nothing is looked at.
   *
   * @throws InvalidInputException if there is none, or it cannot be understood
   */
  public static FeatureManifest read(String directory) throws IOException {
    ResourceId file = Folder.at(directory).file(NAME);
    try (InputStream in = Channels.newInputStream(FileSystems.open(file))) {
      JsonNode tree = JSON.readTree(in);
      checkSchema(tree.path("schema").asText(), file);
      return JSON.treeToValue(tree, FeatureManifest.class);
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new InvalidInputException(
          "%s: expected a feature set, got no %s; run `pixelprobe extract` first"
              .formatted(directory, NAME),
          e);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          "%s: expected a manifest of schema %s, got: %s; extract the features again"
              .formatted(file, SCHEMA, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    }
  }

  private static void checkSchema(String schema, ResourceId file) {
    if (!schema.equals(SCHEMA)) {
      throw new InvalidInputException(
          "%s: expected schema %s, got %s; use the version of pixelprobe that wrote it, or extract again"
              .formatted(file, SCHEMA, schema.isEmpty() ? "none" : schema));
    }
  }
}
