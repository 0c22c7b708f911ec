package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.array.NpzFile;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyEncoder;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
  @TempDir static Path away;

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
    writeSuites();
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
    writeEncoders();
  }

  private static void writeEncoders() throws IOException {
    TinyEncoder.floats(dir.resolve("floats"));
    TinyEncoder.bytes(dir.resolve("bytes"));
    TinyEncoder.encoded(dir.resolve("encoded"));
    Path misspelt = TinyEncoder.floats(dir.resolve("misspelt"));
    Files.writeString(misspelt.resolve("pixelprobe-input.json"), "{\"image_sise\": 8}");
    Path damaged = TinyEncoder.floats(dir.resolve("damaged"));
    Files.writeString(damaged.resolve("saved_model.pb"), "damaged");
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
        Refusal.of("RUN --layers concat:0,9", "--layers", "0..2", "got 9"),
        Refusal.of("RUN --layers concat:0,1,0", "none of them twice", "concat:0,1,0"),
        Refusal.of("RUN --layers concat:1", "two or more", "concat:1"),
        Refusal.of("RUN --layers concat:", "--layers", "got nothing"),
        Refusal.of("RUN --layers concat:all", "--layers", "got all"),
        Refusal.of("RUN --layers 0,concat:1,2", "--layers", "got concat:1"),
        Refusal.of("RUN --layers 0;", "--layers", "got nothing"),
        Refusal.of("RUN --layers 0 --layers concat:0,x", "--layers", "0..2", "got x"),
        Refusal.of("extract --model $/model --out $/new --layers concat:2,2", "twice"),
        Refusal.of("RUN --labels-per-class 0", "--labels-per-class", "got 0"),
        Refusal.of("RUN --labels-per-class 4,few", "--labels-per-class", "got few"),
        Refusal.of("RUN --labels-per-class 4,,25", "--labels-per-class", "1 or more"),
        Refusal.of("RUN --labels-per-class 4 --draws 0", "--draws", "got 0"),
        Refusal.of(
            "RUN --limit-train 25 --labels-per-class 2,3",
            "--labels-per-class",
            "at most 2",
            "25 training images of 10 classes",
            "got 3"),
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

  static Stream<Refusal> encoders() {
    return Stream.of(
        Refusal.of("run --model $/floats --out $/new", "input images", "--image-size", ".json"),
        Refusal.of("ENCODE", "output brightness", "[1, N, D]", "got [1]", "--output"),
        Refusal.of("ENCODE --signature encode", "[serving_default]", "encode", "--signature"),
        Refusal.of("ENCODE --output logits", "mean (float", "pool.mixed", "got logits"),
        Refusal.of("ENCODE --output mean,size", "float32", "size (int32", "got size"),
        Refusal.of("ENCODE --output mean --layers 0", "--layers", "Image GPT"),
        Refusal.of("ENCODE --output mean --input hf", "--input", "Image GPT"),
        Refusal.of("ENCODE --output mean --features h", "--features", "Image GPT"),
        Refusal.of("RUN --output mean", "--output", "igpt-tiny"),
        Refusal.of("RUN --channels-first", "--channels-first", "igpt-tiny"),
        Refusal.of("RUN --precision f16", "--precision", "f16"),
        Refusal.of("ENCODE --scale 0", "scale", "other than 0"),
        Refusal.of("ENCODE --scale 1/0", "scale", "Infinity"),
        Refusal.of("ENCODE --scale 1/2/3", "--scale", "1/2/3"),
        Refusal.of("ENCODE --mean 1,2", "mean", "1 or 3 numbers", "[1.0, 2.0]"),
        Refusal.of("ENCODE --std 1,0,1", "std", "above 0"),
        Refusal.of("run --model $/floats --out $/new --image-size 0", "1..2048", "0"),
        Refusal.of("run --model $/bytes --out $/new --image-size 8", "[-1, 4, 4, 3]", "leave out"),
        Refusal.of(
            "run --model $/floats --output mean --image-size 8 --samples 4 --out $/new",
            "--samples",
            "floats"),
        Refusal.of("run --samples 1 --out $/new", "--samples", "2 or more", "got 1"),
        Refusal.of("run --samples -3 --out $/new", "--samples", "got -3"),
        Refusal.of("run --temperature -1 --out $/new", "--temperature", "got -1"),
        Refusal.of("run --extractor vgg --out $/new", "--extractor", "vgg", "inception"),
        Refusal.of(
            "run --extractor inception --inception $/empty --out $/new",
            "/empty",
            "classify_image_graph_def.pb",
            "fetch inception"),
        Refusal.of("run --model $/bytes --out $/new --std 2", "std", "uint8"),
        Refusal.of("run --model $/encoded --out $/new --scale 2", "scale", "encoded"),
        Refusal.of("run --model $/encoded --out $/new --channels-first", "--channels-first"),
        Refusal.of("run --model $/bytes --out $/new --precision bf16", "products", "f32"),
        Refusal.of("run --model $/misspelt --out $/new", "pixelprobe-input.json", "image_sise"),
        Refusal.of("run --model $/damaged --out $/new", "/damaged", "whole SavedModel"),
        Refusal.of("run --model $/damaged --out $/new --precision bf16", "whole SavedModel"),
        Refusal.of("features --model $/floats --tokens $/tokens.npy --out $/new", "model import"),
        Refusal.of(
            "ENCODE --output log --mean 2 -- --runner=DirectRunner",
            "--max-dead-letters",
            "finite",
            "NaN in output log at 0"),
        Refusal.of("RUN --device tpu", "--device", "tpu"),
        Refusal.of("RUN --gpus one", "--gpus", "0,1", "one"),
        Refusal.of("RUN --gpu-memory-fraction 1.5", "--gpu-memory-fraction", "1.5"),
        Refusal.of("RUN --batch-timeout -1", "--batch-timeout", "-1"));
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
        Refusal.of(
            "FEATURES --tokens $/tokens.npy --batch-timeout 5", "nknown option", "--batch-timeout"),
        Refusal.of("FEATURES --tokens $/tokens.npy --layers 3", "--layers", "0..2", "3"),
        Refusal.of("FEATURES --tokens $/tokens.npy --layers concat:0,1", "single layers"),
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
        Refusal.of("PROBE x.npy y.npy x.npy y.npy --layers 1", "--layers", "--features-dir"),
        Refusal.of(
            "PROBE x.npy y.npy x.npy y.npy --labels-per-class 1",
            "--labels-per-class",
            "--features-dir"),
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
            "FIT --dataset cifar10 --data $/data --n-px 1 --colors 41 --rounds 1",
            "--colors",
            "at most 37",
            "41"),
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
            "RUN --dataset cifar10 --data $/data --labels-per-class 13 -- --runner=DirectRunner",
            "labels per class",
            "at most 12",
            "class 2",
            "got 13"),
        Refusal.of(
            "RUN --dataset cifar10 --data $/bad-label", "test_batch.bin record 4", "0..9", "10"));
  }

  /** Of what a worker says. */
  static Stream<Refusal> onTheDirectRunner() {
    return Stream.of(
        Refusal.of(
            "FIT --dataset cifar10 --data $/data --n-px 1 --colors 41 --rounds 1 -- --runner=DirectRunner",
            "--colors",
            "at most 37",
            "41"),
        Refusal.of(
            "RUN --dataset cifar10 --data $/bad-label -- --runner=DirectRunner",
            "test_batch.bin record 4",
            "0..9",
            "10"));
  }

  static Stream<Refusal> suites() {
    return Stream.of(
        Refusal.of("SUITE good --layers 0", "--layers", "expected it in the suite's file"),
        Refusal.of("SUITE good --no-cache", "--no-cache", "--config"),
        Refusal.of("SUITE good --out $/new", "--out", "--config"),
        Refusal.of("SUITE good --resume", "--resume", "unfinished", "good", "got none"),
        Refusal.of("SUITE good --summary $/full", "--summary", "/full", "got a directory"),
        Refusal.of("SUITE none", "/none.yaml", "nothing there"),
        Refusal.of(
            "SUITE key", "/key.yaml:3: unknown key \"limit_tran\"", "did you mean limit_train?"),
        Refusal.of("SUITE value", "/value.yaml:4: ", "--c", "got 0"),
        Refusal.of("SUITE precision", "/precision.yaml:2: ", "--precision", "f16"),
        Refusal.of("SUITE good -- --parallelism=x", "options after --", "Integer"),
        Refusal.of("run --resume", "--config"),
        Refusal.of("run --runs $/new --out $/new2", "--runs", "--out", "both"));
  }

  private static void writeSuites() throws IOException {
    suite("good", "models: [m]\ndatasets: [shapes]\n");
    suite("key", "models: [m]\ndatasets:\n  - {dataset: shapes, limit_tran: 3}\n");
    suite("value", "models: [m]\ndatasets: [shapes]\nprobes:\n  - c: [1, 0]\n");
    suite("precision", "models:\n  - {model: m, precision: f16}\ndatasets: [shapes]\n");
  }

  private static void suite(String name, String text) throws IOException {
    Files.writeString(dir.resolve(name + ".yaml"), text);
  }

  @ParameterizedTest(name = "pixelprobe {0}")
  @MethodSource({
    "calls",
    "dataSets",
    "optionsOfARun",
    "models",
    "encoders",
    "tokensAndImages",
    "palettes",
    "scoresOfADataSet",
    "probes",
    "metrics",
    "suites",
    "pipelines"
  })
  void isRefusedInOneLineAndLeavesNothing(Refusal refusal) throws IOException {
    List<String> before = Cli.tree(dir);

    Outcome outcome = Cli.run(arguments(refusal.call()));

    outcome.assertRefused(2, refusal.says().toArray(String[]::new));
    assertThat(Cli.tree(dir)).isEqualTo(before);
  }

  /**
   * That runner's threads go on for a moment when a pipeline has failed, and one that opens a file
   * makes its folder anew: so these write elsewhere, and only what is said is checked.
   */
  @ParameterizedTest(name = "pixelprobe {0}")
  @MethodSource("onTheDirectRunner")
  void isRefusedInOneLineByAnotherRunner(Refusal refusal) {
    Object[] arguments =
        arguments(
            refusal
                .call()
                .replace("RUN", "run --model $/model --out " + away.resolve("new"))
                .replace("FIT", "palette fit --out " + away.resolve("new.npy")));

    Cli.run(arguments).assertRefused(2, refusal.says().toArray(String[]::new));
  }

  private static Object[] arguments(String call) {
    String whole =
        call.replaceFirst("SUITE (\\S+)", "run --runs \\$/new --config \\$/$1.yaml")
            .replace("RUN", "run --model $/model --out $/new")
            .replace("ENCODE", "run --model $/floats --image-size 8 --out $/new")
            .replace("FEATURES", "features --model $/model --out $/new.npy")
            .replace("SCORE", "score --model $/model --out $/new.json --logits $/new.npy")
            .replace("FIT", "palette fit --out $/new.npy")
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
