package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.array.NpzFile;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the user got wrong: exit code 2, one clear line, and not a file more than before. */
final class RefusalsTest {
  private static final Path GOLDEN =
      Path.of("../model/src/test/resources/golden/igpt-tiny-8px-openai");

  @TempDir static Path dir;

  /**
   * A call that must fail.
   *
   * @param says what the one line must contain
   */
  private record Refusal(String call, List<String> says) {
    static Refusal of(String call, String... says) {
      return new Refusal(call, List.of(says));
    }

    @Override
    public String toString() {
      return call;
    }
  }

  @BeforeAll
  static void writeInputs() throws IOException {
    TinyModel.write(dir.resolve("model"));
    CifarFiles.write(dir.resolve("data"), 20, 10, 3);
    CifarFiles.write(dir.resolve("one-class"), 20, 10, 1);
    CifarFiles.write(dir.resolve("bad-label"), 20, 10, 3);
    byte[] records = Files.readAllBytes(CifarFiles.test(dir.resolve("bad-label")));
    records[4 * CifarFiles.RECORD_BYTES] = 10;
    Files.write(CifarFiles.test(dir.resolve("bad-label")), records);
    Files.createDirectories(dir.resolve("empty"));
    Files.createDirectories(dir.resolve("full"));
    Files.writeString(dir.resolve("full/file"), "kept");
    Files.writeString(dir.resolve("file"), "kept");
    writeArrays();
  }

  private static void writeArrays() throws IOException {
    NpyArray.of(new int[16], 1, 16).write(dir.resolve("tokens.npy"));
    NpyArray.of(new int[15], 1, 15).write(dir.resolve("short-tokens.npy"));
    NpyArray.of(new int[0], 0, 16).write(dir.resolve("no-tokens.npy"));
    int[] outside = new int[32];
    outside[21] = 6;
    NpyArray.of(outside, 2, 16).write(dir.resolve("outside.npy"));
    outside[21] = -1;
    NpyArray.of(outside, 2, 16).write(dir.resolve("negative.npy"));
    NpyArray.of(new byte[12], 1, 2, 2, 3).write(dir.resolve("images.npy"));
    NpyArray.of(new byte[12], 1, 2, 3, 2).write(dir.resolve("two-channels.npy"));
    NpyArray.of(new float[12], 1, 2, 2, 3).write(dir.resolve("float-images.npy"));
    NpyArray.of(new float[12], 3, 4).write(dir.resolve("wide-palette.npy"));
    NpyArray.of(new float[] {0, 0, 0, 255, 255, 255}, 2, 3).write(dir.resolve("bright.npy"));
    NpyArray.of(new float[] {0, 1, 0, 1, 2, 1}, 3, 2).write(dir.resolve("x.npy"));
    NpyArray.of(new float[3], 3, 1).write(dir.resolve("narrow-x.npy"));
    NpyArray.of(new float[] {0, 1, 0, Float.NaN, 2, 1}, 3, 2).write(dir.resolve("nan-x.npy"));
    NpyArray.of(new int[] {0, 1, 1}, 3).write(dir.resolve("y.npy"));
    NpyArray.of(new int[] {0, 1}, 2).write(dir.resolve("short-y.npy"));
    NpyArray.of(new int[] {0, -1, 1}, 3).write(dir.resolve("negative-y.npy"));
    NpyArray.of(new int[3], 3).write(dir.resolve("same-y.npy"));
    NpyArray.of(new float[2], 1, 2).write(dir.resolve("one-x.npy"));
    NpyArray mean = NpyArray.of(new double[2], 2);
    writeStatistics("asymmetric.npz", mean, NpyArray.of(new double[] {1, 1, 0, 1}, 2, 2));
    writeStatistics("narrow.npz", NpyArray.of(new double[1], 1), NpyArray.of(new double[1], 1, 1));
    writeStatistics("ragged.npz", mean, NpyArray.of(new double[6], 2, 3));
    NpzFile.write(dir.resolve("no-sigma.npz"), Map.of("mu", mean));
  }

  private static void writeStatistics(String file, NpyArray mean, NpyArray covariance)
      throws IOException {
    NpzFile.write(dir.resolve(file), Map.of("mu", mean, "sigma", covariance));
  }

  static Stream<Refusal> calls() {
    return Stream.of(
        Refusal.of("", "subcommand"),
        Refusal.of("bogus", "bogus"),
        Refusal.of("run --bogus", "--bogus"),
        Refusal.of("run --layrs 0", "--layrs"),
        Refusal.of("extract", "--out"));
  }

  static Stream<Refusal> dataSets() {
    return Stream.of(
        Refusal.of("RUN --dataset cifar10 --data $/none", "/none", "no files at all", "--data"),
        Refusal.of("RUN --dataset cifar10 --data $/empty", "/empty", "no files at all"),
        Refusal.of("RUN --dataset cifar10 --data $/full", "/full", "data_batch_1.bin"),
        Refusal.of("RUN --dataset cifar10", "cifar10", "--data"),
        Refusal.of("RUN --dataset imagenet", "--dataset", "cifar10", "imagenet"),
        Refusal.of("RUN --limit-train 0", "--limit-train", "0"),
        Refusal.of("RUN --limit-test -3", "--limit-test", "-3"),
        Refusal.of("RUN --limit-train many", "--limit-train", "many"));
  }

  static Stream<Refusal> optionsOfARun() {
    return Stream.of(
        Refusal.of("RUN --layers 99", "--layers", "0..2", "99"),
        Refusal.of("RUN --layers abc", "--layers", "0..2", "abc"),
        Refusal.of("RUN --layers 0,,1", "--layers", "0..2"),
        Refusal.of("RUN --features x", "--features", "ln_1 or h", "x"),
        Refusal.of("RUN --input up", "--input", "up"),
        Refusal.of("RUN --batch-size 0", "--batch-size", "0"),
        Refusal.of("RUN --max-dead-letters 2", "--max-dead-letters", "2.0"),
        Refusal.of("RUN --max-dead-letters NaN", "--max-dead-letters", "NaN"),
        Refusal.of("RUN --c -1", "--c", "-1"),
        Refusal.of("RUN --c 1,0", "--c", "got 0"),
        Refusal.of("RUN --c NaN", "--c", "NaN"),
        Refusal.of("RUN --c Infinity", "--c", "Infinity"),
        Refusal.of("RUN --c abc", "--c", "abc"),
        Refusal.of("run --out $/full", "--out", "/full", "files in it"),
        Refusal.of("run --out $/file", "--out", "/file", "got a file"),
        Refusal.of("extract --out $/full", "--out", "/full", "files in it"),
        Refusal.of("RUN -- --bogus=1", "--", "bogus"),
        Refusal.of("RUN -- --runner=NoRunner", "--", "NoRunner"),
        Refusal.of("RUN -- --parallelism=many", "--", "many"),
        Refusal.of("RUN -- stray", "--", "stray"));
  }

  static Stream<Refusal> models() {
    return Stream.of(
        Refusal.of("run --model $/none --out $/new", "--model", "igpt-xs-16px", "/none"),
        Refusal.of("run --model $/empty --out $/new", "/empty", "pixelprobe.json"),
        Refusal.of("run --model $/file --out $/new", "--model", "/file"),
        Refusal.of("model inspect $/none", "/none"),
        Refusal.of("model import --from $/none --out $/new", "/none", "config.json"),
        Refusal.of("model import --from $/empty --out $/new", "/empty", "config.json"),
        Refusal.of("model import --from " + GOLDEN + " --out $/full", "--out", "/full"));
  }

  static Stream<Refusal> tokensAndImages() {
    return Stream.of(
        Refusal.of("FEATURES --tokens $/outside.npy", "0..5", "6", "row 1", "position 5"),
        Refusal.of("SCORE --tokens $/outside.npy", "0..5", "6", "row 1", "position 5"),
        Refusal.of("SCORE --tokens $/negative.npy", "0..5", "-1"),
        Refusal.of("FEATURES --tokens $/short-tokens.npy", "(N, 16)", "(1, 15)"),
        Refusal.of("SCORE --tokens $/short-tokens.npy", "(N, 16)", "(1, 15)"),
        Refusal.of("SCORE --tokens $/no-tokens.npy", "at least 1 image"),
        Refusal.of("SCORE --tokens $/file", "/file", ".npy"),
        Refusal.of("SCORE --tokens $/none.npy", "/none.npy"),
        Refusal.of("FEATURES --tokens $/tokens.npy --layers 3", "--layers", "0..2", "3"),
        Refusal.of("TOKENIZE --images $/two-channels.npy", "(N, H, W, 3)", "(1, 2, 3, 2)"),
        Refusal.of("TOKENIZE --images $/float-images.npy", "uint8", "float32"),
        Refusal.of(
            "tokenize --images $/images.npy --palette $/wide-palette.npy --n-px 2 --out $/new",
            "(K, 3)",
            "(3, 4)"),
        Refusal.of(
            "tokenize --images $/images.npy --palette $/bright.npy --n-px 2 --out $/new",
            "[-1, 1]",
            "255"),
        Refusal.of("tokenize --images $/images.npy --palette $/x.npy --out $/new", "--n-px"),
        Refusal.of(
            "tokenize --images $/images.npy --palette $/bright.npy --n-px 0 --out $/new",
            "--n-px"));
  }

  static Stream<Refusal> probes() {
    return Stream.of(
        Refusal.of("PROBE x.npy short-y.npy x.npy y.npy", "2 labels for 3 rows"),
        Refusal.of("PROBE x.npy y.npy x.npy short-y.npy", "2 labels for 3 rows"),
        Refusal.of("PROBE nan-x.npy y.npy x.npy y.npy", "NaN", "row 1", "column 1"),
        Refusal.of("PROBE x.npy y.npy nan-x.npy y.npy", "NaN", "row 1", "column 1"),
        Refusal.of("PROBE x.npy negative-y.npy x.npy y.npy", "-1", "row 1"),
        Refusal.of("PROBE x.npy same-y.npy x.npy same-y.npy", "class"),
        Refusal.of("PROBE x.npy y.npy narrow-x.npy y.npy", "2", "1"),
        Refusal.of("PROBE y.npy y.npy x.npy y.npy", "(N, d)", "(3,)"),
        Refusal.of("PROBE x.npy x.npy x.npy y.npy", "(N)", "(3, 2)"),
        Refusal.of("PROBE x.npy y.npy x.npy y.npy --c 0", "--c", "got 0"),
        Refusal.of("probe --out $/new", "--features-dir"),
        Refusal.of("probe --features-dir $/empty --out $/new", "/empty", "features.json"),
        Refusal.of("probe --features-dir $/none --out $/new", "/none", "features.json"),
        Refusal.of("probe --features-dir $/empty --train-x $/x.npy --out $/new", "--train-y"));
  }

  static Stream<Refusal> metrics() {
    return Stream.of(
        Refusal.of("METRICS x.npy narrow-x.npy", "/narrow-x.npy", "2 features", "got 1"),
        Refusal.of("METRICS one-x.npy x.npy", "/one-x.npy", "at least 2 rows", "1 rows"),
        Refusal.of("METRICS x.npy one-x.npy", "/one-x.npy", "at least 2 rows", "1 rows"),
        Refusal.of("METRICS nan-x.npy x.npy", "/nan-x.npy", "NaN", "row 1", "column 1"),
        Refusal.of("METRICS x.npy nan-x.npy", "/nan-x.npy", "NaN", "row 1", "column 1"),
        Refusal.of("METRICS x.npy y.npy", "/y.npy", "(N, d)", "(3,)"),
        Refusal.of("METRICS none.npy x.npy", "/none.npy", "no such file"),
        Refusal.of("METRICS x.npy none.npy", "/none.npy", "no such file"),
        Refusal.of("METRICS file x.npy", "/file", "expected an .npy file"),
        Refusal.of("METRICS x.npy x.npy --logits $/nan-x.npy", "/nan-x.npy", "NaN", "row 1"),
        Refusal.of("METRICS x.npy x.npy --logits $/y.npy", "/y.npy", "(N, d)"),
        Refusal.of("METRICS x.npy x.npy --logits $/x.npy --splits 4", "--splits", "1 to 3", "4"),
        Refusal.of("METRICS x.npy x.npy --logits $/x.npy --splits 0", "--splits", "1 to 3", "0"),
        Refusal.of("METRICS x.npy x.npy --splits 2", "--splits", "--logits"),
        Refusal.of("METRICS none.npz x.npy", "/none.npz", "no such file"),
        Refusal.of("METRICS narrow.npz x.npy", "/x.npy", "1 features", "got 2"),
        Refusal.of("METRICS no-sigma.npz x.npy", "/no-sigma.npz", "an array named sigma"),
        Refusal.of("METRICS ragged.npz x.npy", "/ragged.npz sigma", "(2, 2)", "(2, 3)"),
        Refusal.of("METRICS asymmetric.npz x.npy", "/asymmetric.npz", "symmetric", "row 0"),
        Refusal.of("METRICS x.npy x.npz", "/x.npz", "no such file"),
        Refusal.of("METRICS asymmetric.npz x.npy --save-stats $/new.npz", "--save-stats"),
        Refusal.of("metrics --real $/x.npy --out $/new", "--fake"));
  }

  static Stream<Refusal> pipelines() {
    return Stream.of(
        Refusal.of(
            "RUN --dataset cifar10 --data $/one-class -- --runner=DirectRunner", "2 classes"),
        Refusal.of(
            "RUN --dataset cifar10 --data $/bad-label -- --runner=DirectRunner",
            "test_batch.bin record 4",
            "0..9",
            "10"),
        Refusal.of(
            "RUN --dataset cifar10 --data $/bad-label", "test_batch.bin record 4", "0..9", "10"));
  }

  @ParameterizedTest(name = "pixelprobe {0}")
  @MethodSource({
    "calls",
    "dataSets",
    "optionsOfARun",
    "models",
    "tokensAndImages",
    "probes",
    "metrics",
    "pipelines"
  })
  void isRefusedInOneLineAndLeavesNothing(Refusal refusal) throws IOException {
    List<String> before = Cli.tree(dir);

    Outcome outcome = Cli.run(arguments(refusal.call()));

    outcome.assertRefused(2, refusal.says().toArray(String[]::new));
    assertThat(Cli.tree(dir)).isEqualTo(before);
  }

  private static Object[] arguments(String call) {
    String whole =
        call.replace("RUN", "run --model $/model --out $/new")
            .replace("FEATURES", "features --model $/model --out $/new.npy")
            .replace("SCORE", "score --model $/model --out $/new.json --logits $/new.npy")
            .replace("TOKENIZE", "tokenize --model $/model --out $/new.npy")
            .replaceFirst(
                "METRICS (\\S+) (\\S+)", "metrics --out \\$/new --real \\$/$1 --fake \\$/$2")
            .replaceFirst(
                "PROBE (\\S+) (\\S+) (\\S+) (\\S+)",
                "probe --out \\$/new --train-x \\$/$1 --train-y \\$/$2 --test-x \\$/$3 --test-y"
                    + " \\$/$4");
    List<String> arguments = new ArrayList<>(List.of(whole.split(" ")));
    arguments.removeIf(String::isEmpty);
    return arguments.stream().map(argument -> argument.replace("$", dir.toString())).toArray();
  }
}
