package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.Objective;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.model.SavedModelWriter;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.pipeline.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be sampled: exit code 2, one clear line, and not a file more than before. */
final class SampleRefusalsTest {
  @TempDir static Path dir;

  @BeforeAll
  static void writeInputs() throws IOException {
    TinyModel.write(dir.resolve("model"));
    writeModel("blind", Objective.AUTOREGRESSIVE);
    writeModel("bert", Objective.BERT);
    NpyArray.of(new byte[48], 1, 4, 4, 3).write(dir.resolve("primes.npy"));
    NpyArray.of(new byte[24], 2, 2, 2, 3).write(dir.resolve("small.npy"));
    NpyArray.of(new byte[0], 0, 4, 4, 3).write(dir.resolve("none.npy"));
    NpyArray.of(new byte[48], 1, 4, 12).write(dir.resolve("flat.npy"));
    NpyArray.of(new float[48], 1, 4, 4, 3).write(dir.resolve("float.npy"));
    Files.createDirectories(dir.resolve("empty"));
    Files.createDirectories(dir.resolve("damaged"));
    Files.writeString(dir.resolve("damaged/a.png"), "no image");
    Files.createDirectories(dir.resolve("full"));
    Files.writeString(dir.resolve("full/file"), "kept");
  }

  private static void writeModel(String name, Objective objective) throws IOException {
    SavedModelWriter.write(
        name,
        TinyModel.ARCHITECTURE.withObjective(objective),
        (tensor, shape) -> new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)],
        Optional.empty(),
        Resample.BOX,
        dir.resolve(name));
  }

  @ParameterizedTest(name = "pixelprobe sample {0}")
  @CsvSource({
    "'', --count",
    "--count 0, --count|0",
    "--count -5, --count|-5",
    "--count many, --count|many",
    "--count 2 --top-k -1, --top-k|-1",
    "--count 2 --top-k 1.5, --top-k|1.5",
    "--count 2 --top-p 0, --top-p|0.0",
    "--count 2 --top-p 1.01, --top-p|1.01",
    "--count 2 --top-p NaN, --top-p|NaN",
    "--count 2 --temperature -0.1, --temperature|-0.1",
    "--count 2 --temperature NaN, --temperature|NaN",
    "--count 2 --temperature Infinity, --temperature|Infinity",
    "--count 2 --seed x, --seed|x",
    "--count 2 --batch-size 0, --batch-size|0",
    "--count 2 --format gif, --format|gif",
    "--count 2 --prime-rows 2, --prime",
    "--count 2 --resize, --prime",
    "--count 2 -- --runner=NoRunner, NoRunner",
    "--prime $/primes.npy --prime-rows 0, --prime-rows|1..3|0",
    "--prime $/primes.npy --prime-rows 4, --prime-rows|1..3|4",
    "--prime $/small.npy, small.npy image 0|4 x 4|2 x 2|--resize",
    "--prime $/none.npy, none.npy|at least 1 image",
    "--prime $/flat.npy, '(N, H, W, 3)|(1, 4, 12)'",
    "--prime $/float.npy, uint8|float32",
    "--prime $/empty, /empty|got none",
    "--prime $/damaged, damaged/a.png|JPEG or PNG",
    "--prime $/missing, /missing|no such file"
  })
  void isRefusedInOneLineAndLeavesNothing(String arguments, String says) throws IOException {
    assertRefused("sample --model $/model --out $/new " + arguments, says);
  }

  @ParameterizedTest(name = "pixelprobe {0}")
  @CsvSource({
    "sample --count 2 --model $/blind --out $/new, palette|blind",
    "sample --count 2 --model $/bert --out $/new, bert|autoregressive",
    "sample --count 2 --model $/empty --out $/new, pixelprobe.json",
    "sample --count 2 --model $/model --out $/full, --out|files in it",
    "sample --count 2 --model $/model, --out"
  })
  void soIsAModelOrAPlaceThatWillNotDo(String call, String says) throws IOException {
    assertRefused(call, says);
  }

  private static void assertRefused(String call, String says) throws IOException {
    List<String> before = Cli.tree(dir);

    Cli.Outcome outcome = Cli.run((Object[]) call.strip().replace("$", dir.toString()).split(" +"));

    outcome.assertRefused(2, says.split("\\|"));
    assertThat(Cli.tree(dir)).isEqualTo(before);
  }
}
