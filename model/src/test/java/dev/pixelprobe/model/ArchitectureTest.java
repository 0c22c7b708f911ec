package dev.pixelprobe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArchitectureTest {
  /** Chen et al. 2020 and OpenAI's checkpoints, which have no biases. */
  @ParameterizedTest(name = "d {0}, {1} layers, {2} heads")
  @CsvSource({"512, 24, 8, 76571648", "1024, 36, 8, 455157760", "1536, 48, 16, 1362250752"})
  void weightsOfThePublishedSizesAddUpToThePublishedCounts(
      int d, int layers, int heads, long published) {
    Architecture architecture = new Architecture(32, d, layers, heads, 4 * d, 512, 1e-5);
    assertThat(architecture.parameters()).isEqualTo(published);
  }

  @Test
  void tensorsComeInTheOrderOfTheForwardPass() {
    assertThat(new Architecture(8, 32, 1, 4, 96, 512, 1e-5).tensorShapes().keySet())
        .containsExactly(
            "wte",
            "wpe",
            "h0/ln_1",
            "h0/attn/c_attn/w",
            "h0/attn/c_attn/b",
            "h0/attn/c_proj/w",
            "h0/attn/c_proj/b",
            "h0/ln_2",
            "h0/mlp/c_fc/w",
            "h0/mlp/c_fc/b",
            "h0/mlp/c_proj/w",
            "h0/mlp/c_proj/b",
            "ln_f",
            "head");
  }

  @ParameterizedTest(name = "n_px {0}, d {1}, {2} layers, {3} heads, inner {4}, {5} colours, {6}")
  @CsvSource({
    "0, 32, 4, 4, 128, 512, 1e-5",
    "1025, 32, 4, 4, 128, 512, 1e-5",
    "8, 0, 4, 4, 128, 512, 1e-5",
    "8, 32, 0, 4, 128, 512, 1e-5",
    "8, 32, 4, 5, 128, 512, 1e-5",
    "8, 32, 4, 4, 0, 512, 1e-5",
    "8, 32, 4, 4, 128, 32768, 1e-5",
    "8, 32, 4, 4, 128, 512, 0",
    "8, 32, 4, 4, 128, 512, NaN",
  })
  void anImpossibleShapeCannotBeMade(
      int nPx, int d, int layers, int heads, int inner, int colours, double epsilon) {
    assertThatThrownBy(() -> new Architecture(nPx, d, layers, heads, inner, colours, epsilon))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
