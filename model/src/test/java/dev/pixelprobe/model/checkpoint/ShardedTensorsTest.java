package dev.pixelprobe.model.checkpoint;

import static dev.pixelprobe.model.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.checkpoint.safetensors.SafetensorsFile;
import dev.pixelprobe.model.checkpoint.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShardedTensorsTest {
  @TempDir Path dir;

  @BeforeEach
  void writeShards() throws IOException {
    SafetensorsBytes.write(
        dir.resolve("model-1.safetensors"),
        "{" + SafetensorsBytes.entry("a", "F32", "[1]", 0, 4) + "}",
        new byte[] {0, 0, (byte) 0x80, 0x3f});
    SafetensorsBytes.write(
        dir.resolve("model-2.safetensors"),
        "{%s,%s}"
            .formatted(
                SafetensorsBytes.entry("b", "F32", "[]", 0, 4),
                SafetensorsBytes.entry("unlisted", "F32", "[]", 4, 8)),
        new byte[8]);
  }

  private Tensors open(String json) throws IOException {
    Path index = Files.writeString(dir.resolve("index.json"), json);
    return ShardedTensors.open(index, SafetensorsFile::open);
  }

  @Test
  void everyTensorIsReadFromItsFile() throws IOException {
    String map = "{'a':'model-1.safetensors','b':'model-2.safetensors'}";
    String json = "{'metadata':{'total_size':8},'weight_map':" + map + "}";
    try (Tensors tensors = open(json.replace('\'', '"'))) {
      assertThat(tensors.names()).containsExactly("a", "b");
      assertThat(tensors.shape("a")).containsExactly(1L);
      assertThat(tensors.read("a")).containsExactly(1);
      assertThat(tensors.read("b")).containsExactly(0);
      assertRefused(() -> tensors.read("unlisted"), "index.json: expected a tensor unlisted");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"../../etc/passwd\"",
        "\"/etc/passwd\"",
        "\"..\"",
        "\".\"",
        "\"\"",
        "\"sub/model-1.safetensors\"",
        "\"..\\\\model-1.safetensors\"",
        "\"model-1.safetensors\\u0000\"",
        "7",
        "null",
        "[\"model-1.safetensors\"]"
      })
  void aFileNameThatLeavesTheFolderIsRefused(String name) {
    assertRefused(
        () -> open("{\"weight_map\":{\"a\":" + name + "}}"),
        "index.json: weight_map: a: expected the name of a file beside the index, got ");
  }

  @Test
  void anIndexThatLiesIsRefused() {
    assertRefused(
        () -> open("{\"weight_map\":{\"a\":\"model-2.safetensors\"}}"),
        "weight_map: a: expected it in model-2.safetensors, got no such tensor there");
    assertRefused(
        () -> open("{\"weight_map\":{\"a\":\"model-3.safetensors\"}}"),
        "model-3.safetensors: expected a safetensors file, got no such file");
    assertRefused(
        () ->
            open("{\"weight_map\":{\"a\":\"model-1.safetensors\",\"a\":\"model-1.safetensors\"}}"),
        "index.json: expected JSON",
        "Duplicate");
    assertRefused(() -> open("{\"weight_map\":[]}"), "weight_map: expected an object");
    assertRefused(() -> open("{}"), "weight_map: expected an object", "got nothing");
  }
}
