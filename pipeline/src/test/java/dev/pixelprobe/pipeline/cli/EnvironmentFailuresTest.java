package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.array.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the disk says no: exit code 3 and one line that names the path. */
final class EnvironmentFailuresTest {
  @TempDir static Path dir;

  @BeforeAll
  static void writeInputs() throws IOException {
    Files.writeString(dir.resolve("file"), "in the way");
    NpyArray.of(new byte[12], 1, 2, 2, 3).write(dir.resolve("images.npy"));
    NpyArray.of(new int[256], 1, 256).write(dir.resolve("tokens.npy"));
    NpyArray.of(new float[] {0, 1}, 2, 1).write(dir.resolve("x.npy"));
    NpyArray.of(new int[] {0, 1}, 2).write(dir.resolve("y.npy"));
  }

  @ParameterizedTest(name = "pixelprobe {0}")
  @ValueSource(
      strings = {
        "run --out $/file/below",
        "extract --out $/file/deep/below",
        "tokenize --images $/images.npy --out $/file/below.npy",
        "features --tokens $/tokens.npy --layers 0 --out $/file/below.npy",
        "score --tokens $/tokens.npy --out $/file/below.json",
        "score --tokens $/tokens.npy --logits $/file/below.npy --out $/score.json",
        "score --dataset shapes --out $/file/below.json",
        "palette fit --out $/file/below.npy",
        "probe --train-x $/x.npy --train-y $/y.npy --test-x $/x.npy --test-y $/y.npy --out $/file/a",
        "model import --from ../model/src/test/resources/golden/igpt-tiny-8px-openai --out $/file/a",
        "fetch cifar10 --out $/file/below",
      })
  void anOutputBelowAFileCannotBeWritten(String call) throws IOException {
    List<String> before = Cli.tree(dir);

    Object[] arguments = call.replace("$", dir.toString()).split(" ");
    Cli.run(arguments).assertRefused(3, dir.resolve("file").toString(), "irectory");

    assertThat(Cli.tree(dir)).isEqualTo(before);
  }
}
