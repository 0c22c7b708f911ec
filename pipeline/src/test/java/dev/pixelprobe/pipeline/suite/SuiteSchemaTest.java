package dev.pixelprobe.pipeline.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** What editors are told of a suite, and what the program takes. */
final class SuiteSchemaTest {
  private static final Path BENCHMARKS = Path.of("../benchmarks");
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Path> examples() throws IOException {
    List<Path> examples;
    try (Stream<Path> files = Files.list(BENCHMARKS)) {
      examples = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theExamplesAreSuites(Path example) throws IOException {
    assertThat(violations(Files.readString(example))).isEmpty();
    assertThat(Suite.read(example).cells()).isNotEmpty();
  }

  @Test
  void theSameKeysAreLists() throws IOException {
    List<String> expected = new ArrayList<>(List.of(Axis.NAME));
    Arrays.stream(Axis.values()).map(Axis::label).forEach(expected::add);

    assertThat(schema().at("/properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @EnumSource(Axis.class)
  void theSameKeysAreEntries(Axis axis) throws IOException {
    String reference =
        schema().at("/properties/%s/items/anyOf/1/$ref".formatted(axis.label())).asText();
    JsonNode entry = schema().at(reference.substring(1));

    assertThat(entry.path("additionalProperties").asBoolean(true)).isFalse();
    assertThat(entry.path("properties").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(axis.keyNames());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "models: [m]",
        "models: [{modle: m}]\ndatasets: [shapes]",
        "models: [m]\ndatasets: [{dataset: shapes, limit_train: many}]",
        "models: [m]\ndatasets: [shapes]\nprobes: [{c: [1, x]}]",
        "models: [m]\ndatasets: [shapes]\nlayer: [all]",
        "models: []\ndatasets: [shapes]"
      })
  void bothRefuseTheSame(String yaml) throws IOException {
    assertThat(violations(yaml)).isNotEmpty();
  }

  private static JsonNode schema() throws IOException {
    return JSON.readTree(BENCHMARKS.resolve("suite.schema.json").toFile());
  }

  private static Set<ValidationMessage> violations(String yaml) throws IOException {
    JsonSchema validator =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema());
    LoadSettings settings = LoadSettings.builder().setSchema(new CoreSchema()).build();
    return validator.validate(JSON.valueToTree(new Load(settings).loadFromString(yaml)));
  }
}
