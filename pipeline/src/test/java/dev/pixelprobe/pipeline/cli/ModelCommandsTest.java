package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelCommandsTest {
  private static final Path GOLDEN =
      Path.of("../model/src/test/resources/golden/igpt-tiny-8px-openai");

  @TempDir private Path dir;

  @Test
  void whatWasImportedCanBeInspected() throws IOException {
    NpyArray.of(new float[512 * 3], 512, 3).write(dir.resolve("palette.npy"));
    Path model = dir.resolve("model");

    Outcome imported =
        Cli.run(
                "model",
                "import",
                "--from",
                GOLDEN,
                "--palette",
                dir.resolve("palette.npy"),
                "--name",
                "mine",
                "--out",
                model)
            .assertDone();
    Outcome inspected = Cli.run("model", "inspect", model).assertDone();

    assertThat(imported.err())
        .singleElement()
        .asString()
        .startsWith("warning: ")
        .contains("3 biases", "transformer.h.0.attn.c_attn.bias");
    assertThat(inspected.out()).isEqualTo(imported.out());
    assertThat(inspected.out().lines())
        .contains(
            "name        mine",
            "input       8 x 8 pixels, 512 colours, resized with PIL's bilinear",
            "blocks      3 (layers 0 to 3), width 32, 2 heads, MLP 128");
    assertThat(model.resolve("saved_model.pb")).isNotEmptyFile();
    assertThat(model.resolve("variables")).isNotEmptyDirectory();
    assertThat(model.resolve("assets.extra/palette.npy")).exists();
    assertThat(model.resolve("assets.extra/pixelprobe.json")).exists();
  }

  @Test
  void aModelWithoutAPaletteReadsTokensOnlyAndSaysSo() throws IOException {
    Path model = dir.resolve("model");

    Outcome imported = Cli.run("model", "import", "--from", GOLDEN, "--out", model).assertDone();

    assertThat(imported.err()).anyMatch(line -> line.matches("warning: .*no palette.*--palette"));
    Cli.run("run", "--model", model, "--out", dir.resolve("out"))
        .assertRefused(2, "palette", "--palette");
    NpyArray.of(new byte[12], 1, 2, 2, 3).write(dir.resolve("images.npy"));
    Cli.run("tokenize", "--model", model, "--images", dir.resolve("images.npy"), "--out", dir)
        .assertRefused(2, "palette", "--palette");
  }

  @Test
  void theBundledModelNeedsNoFiles() {
    assertThat(Cli.run("model", "inspect", "igpt-xs-16px").assertDone().out().lines())
        .contains(
            "name        igpt-xs-16px",
            "input       16 x 16 pixels, 512 colours, resized with PIL's box",
            "blocks      8 (layers 0 to 8), width 192, 4 heads, MLP 768");
  }

  @Test
  void aDamagedModelIsRefused() throws IOException {
    Path model = dir.resolve("model");
    Cli.run("model", "import", "--from", GOLDEN, "--out", model).assertDone();
    Path graph = model.resolve("saved_model.pb");
    byte[] bytes = Files.readAllBytes(graph);
    Files.write(graph, Arrays.copyOf(bytes, bytes.length / 2));

    Cli.run(
            "features",
            "--model",
            model,
            "--tokens",
            GOLDEN.resolve("tokens.npy"),
            "--out",
            dir.resolve("f.npy"))
        .assertRefused(2, "model " + model, "import it again");
  }
}
