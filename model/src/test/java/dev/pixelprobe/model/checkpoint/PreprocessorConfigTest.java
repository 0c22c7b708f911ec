package dev.pixelprobe.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.Refusals;
import dev.pixelprobe.model.Resample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PreprocessorConfigTest {
  @TempDir Path dir;

  @Test
  void sizeAloneMeansBilinearWithoutAPalette() throws IOException {
    assertThat(read("{\"size\":32}"))
        .isEqualTo(new PreprocessorConfig(32, Resample.BILINEAR, Optional.empty()));
  }

  @Test
  void clustersAreThePalette() throws IOException {
    float[] colours = {-1, 0, 1, 0.5f, 0.25f, 0.1f};
    assertThat(
            read(
                "{\"size\":{\"height\":16,\"width\":16},\"resample\":4,"
                    + "\"clusters\":[[-1,0,1],[0.5,0.25,0.1]]}"))
        .isEqualTo(
            new PreprocessorConfig(16, Resample.BOX, Optional.of(Palette.of(colours, "test"))));
  }

  @ParameterizedTest(name = "code {0} is {1}")
  @CsvSource({"2, BILINEAR", "3, BICUBIC", "4, BOX"})
  void resampleIsPilsCode(int code, Resample filter) throws IOException {
    assertThat(read("{\"size\":32,\"resample\":" + code + "}").resample()).isEqualTo(filter);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "{}",
        "{\"size\":0}",
        "{\"size\":\"32\"}",
        "{\"size\":{\"height\":32,\"width\":16}}",
        "{\"size\":{\"shortest_edge\":32}}",
        "{\"size\":32,\"resample\":1}",
        "{\"size\":32,\"resample\":6}",
        "{\"size\":32,\"clusters\":[]}",
        "{\"size\":32,\"clusters\":[[0,0,0],[0,0]]}",
        "{\"size\":32,\"clusters\":[[0,0,0],[0,0,0,0]]}",
        "{\"size\":32,\"clusters\":[[0,0,0],[0,0,null]]}",
        "{\"size\":32,\"clusters\":[[0,0,0],[0,0,1e39]]}",
        "{\"size\":32,\"clusters\":[[0,0,0],7]}",
        "{\"size\":32,\"clusters\":\"none\"}",
      })
  void whatCannotBeMeantIsRefusedInOneLine(String text) {
    Refusals.assertRefused(() -> read(text), dir.resolve("preprocessor_config.json").toString());
  }

  private PreprocessorConfig read(String text) throws IOException {
    return PreprocessorConfig.read(
        Files.writeString(dir.resolve("preprocessor_config.json"), text));
  }
}
