package dev.pixelprobe.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.Golden;
import dev.pixelprobe.model.Refusals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HuggingFaceConfigTest {
  private static final String LEAST =
      "\"vocab_size\":17,\"n_positions\":64,\"n_embd\":32,\"n_layer\":3,\"n_head\":4";

  @TempDir Path dir;

  @Test
  void thePublishedFormIsRead() throws IOException {
    assertThat(HuggingFaceConfig.read(Golden.resource("igpt-tiny-8px/config.json")))
        .isEqualTo(new Architecture(8, 32, 4, 4, 128, 512, 1e-5));
  }

  @Test
  void whatIsAbsentHasHuggingFacesDefault() throws IOException {
    assertThat(read("{" + LEAST + "}")).isEqualTo(new Architecture(8, 32, 3, 4, 128, 16, 1e-5));
  }

  @Test
  void whatIsGivenIsUsed() throws IOException {
    assertThat(read("{" + LEAST + ",\"n_inner\":48,\"layer_norm_epsilon\":0.001}"))
        .isEqualTo(new Architecture(8, 32, 3, 4, 48, 16, 1e-3));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "model_type | \"gpt2\" | imagegpt",
        "activation_function | \"gelu\" | quick_gelu",
        "scale_attn_weights | false | true",
        "scale_attn_by_inverse_layer_idx | true | false",
        "add_cross_attention | true | false",
        "tie_word_embeddings | true | false",
        "n_inner | -1 | 1..65536",
        "n_inner | \"x\" | a whole number",
        "layer_norm_epsilon | 0 | a number in (0, 1)",
      })
  void whatTheGraphDoesNotComputeIsRefused(String field, String value, String expected) {
    assertRefused(
        "{%s,\"%s\":%s}".formatted(LEAST, field, value), field + ": expected " + expected);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "vocab_size, 2",
    "vocab_size, 32769",
    "n_positions, 63",
    "n_positions, 0",
    "n_positions, 2000000000000",
    "n_embd, 30",
    "n_layer, 1000000000",
    "n_layer, 2.5",
    "n_head, 0",
  })
  void aSizeThatCannotBeIsRefused(String field, String value) {
    String config = "{" + LEAST.replaceFirst("(\"" + field + "\"):\\d+", "$1:" + value) + "}";
    assertRefused(config, field + ": expected");
  }

  @ParameterizedTest(name = "without {0}")
  @ValueSource(strings = {"vocab_size", "n_positions", "n_embd", "n_layer", "n_head"})
  void everySizeMustBeGiven(String field) {
    assertRefused("{" + LEAST.replace(field, "other") + "}", field + ": expected");
  }

  @ParameterizedTest(name = "text [{0}]")
  @ValueSource(strings = {"", "{", "[1]", "{\"a\":1,\"a\":2}", "{} {}", "\u0000"})
  void whatIsNoJsonObjectIsRefused(String text) {
    assertRefused(text, "expected");
  }

  @Test
  void aMissingFileIsNamed() {
    Refusals.assertRefused(
        () -> HuggingFaceConfig.read(dir.resolve("config.json")),
        "config.json: expected a JSON file, got no such file");
  }

  private void assertRefused(String text, String message) {
    Refusals.assertRefused(() -> read(text), dir.resolve("config.json") + ": ", message);
  }

  private Architecture read(String text) throws IOException {
    return HuggingFaceConfig.read(Files.writeString(dir.resolve("config.json"), text));
  }
}
