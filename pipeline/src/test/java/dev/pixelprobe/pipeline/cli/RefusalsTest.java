package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
    CifarFiles.write(dir.resolve("cut"), 20, 10, 3);
    byte[] whole = Files.readAllBytes(CifarFiles.train(dir.resolve("cut"), 2));
    Files.write(CifarFiles.train(dir.resolve("cut"), 2), Arrays.copyOf(whole, whole.length - 1));
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

  static Stream<Refusal> palettes() {
    return Stream.of(
        Refusal.of("FIT --colors 1", "--colors", "2..32767", "1"),
        Refusal.of("FIT --colors 32768", "--colors", "2..32767", "32768"),
        Refusal.of("FIT --rounds 0", "--rounds", "1..25", "0"),
        Refusal.of("FIT --rounds 26", "--rounds", "1..25", "26"),
        Refusal.of("FIT --n-px 0", "--n-px", "1..1024", "0"),
        Refusal.of("FIT --limit-train 0", "--limit-train", "0"),
        Refusal.of("FIT --dataset cifar10", "cifar10", "--data"),
        Refusal.of("FIT --compare $/wide-palette.npy", "(K, 3)", "(3, 4)"),
        Refusal.of("FIT --max-dead-letters 2", "--max-dead-letters", "2.0"),
        Refusal.of("palette fit --out $/full", "--out", "/full", "got a directory"),
        Refusal.of("palette fit", "--out"),
        Refusal.of("palette", "subcommand"));
  }

  static Stream<Refusal> scoresOfADataSet() {
    return Stream.of(
        Refusal.of("SCORE --tokens $/tokens.npy --dataset shapes", "--dataset", "--tokens", "both"),
        Refusal.of("SCORE --tokens $/tokens.npy --limit-test 3", "--dataset", "--tokens", "both"),
        Refusal.of("SCORE --tokens $/tokens.npy --split test", "--dataset", "--tokens", "both"),
        Refusal.of("SCORE", "--dataset", "--tokens", "neither"),
        Refusal.of("SCORE --dataset shapes", "--logits", "--tokens only"),
        Refusal.of("score --tokens $/tokens.npy", "--out"),
        Refusal.of("score --dataset shapes --split middle", "--split", "middle"),
        Refusal.of("score --dataset shapes --out $/full", "--out", "got a directory"),
        Refusal.of("score --dataset shapes --max-dead-letters -1", "--max-dead-letters", "-1"),
        Refusal.of("score --dataset cifar10", "cifar10", "--data"));
  }

  static Stream<Refusal> pipelines() {
    return Stream.of(
        Refusal.of(
            "FIT --dataset cifar10 --data $/data --n-px 1 --colors 41 --rounds 1 -- --runner=DirectRunner",
            "--colors",
            "at most 37",
            "41"),
        Refusal.of(
            "FIT --dataset cifar10 --data $/data --n-px 1 --colors 41 --rounds 1",
            "--colors",
            "at most 37"),
        Refusal.of(
            "FIT --dataset cifar10 --data $/cut --n-px 1 --colors 2 --rounds 1 -- --runner=DirectRunner",
            "at most 1% of the records",
            "1 of 40",
            "data_batch_2.bin record 19"),
        Refusal.of(
            "score --model $/model --dataset cifar10 --data $/cut --split train --out $/new --"
                + " --runner=DirectRunner",
            "at most 1% of the records",
            "1 of 40"),
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
    "palettes",
    "scoresOfADataSet",
    "probes",
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
            .replace("FIT", "palette fit --out $/new.npy")
            .replace("TOKENIZE", "tokenize --model $/model --out $/new.npy")
            .replaceFirst(
                "PROBE (\\S+) (\\S+) (\\S+) (\\S+)",
                "probe --out \\$/new --train-x \\$/$1 --train-y \\$/$2 --test-x \\$/$3 --test-y"
                    + " \\$/$4");
    List<String> arguments = new ArrayList<>(List.of(whole.split(" ")));
    arguments.removeIf(String::isEmpty);
    return arguments.stream().map(argument -> argument.replace("$", dir.toString())).toArray();
  }
}
