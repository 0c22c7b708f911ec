package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.PublishedLoss;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.array.NpyType;
import dev.pixelprobe.model.array.Shape;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that read a data set but write no feature set. */
final class PaletteAndScoreTest {
  @TempDir static Path dir;
  private static Path model = Path.of("");

  @BeforeAll
  static void writeInputs() throws IOException {
    model = TinyModel.write(dir.resolve("model"));
    CifarFiles.write(dir.resolve("data"), 20, 10, 3);
    byte[] whole = Files.readAllBytes(CifarFiles.test(dir.resolve("data")));
    Files.write(CifarFiles.test(dir.resolve("data")), Arrays.copyOf(whole, whole.length - 1));
  }

  @Test
  void aFittedPaletteIsAFileLikeOpenAisAndTokenizes() throws IOException {
    Path out = dir.resolve("palette.npy");

    Outcome fitted =
        call("palette fit --colors 30 --rounds 2 --n-px 2 --out " + out, "--runner=DirectRunner")
            .assertDone();

    assertThat(fitted.err()).isEmpty();
    assertThat(fitted.out())
        .startsWith(out + ": 30 colours for 40 images (160 pixels of ")
        .contains("start ", "round 1 ", "round 2 ", " dB")
        .doesNotContain("round 3");
    NpyArray array = NpyArray.read(out);
    assertThat(array.type()).isEqualTo(NpyType.FLOAT32);
    assertThat(array.shape()).isEqualTo(Shape.of(30, 3));
    assertThat(Files.readAllBytes(out)).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
    assertThat(Palette.read(out).size()).isEqualTo(30);
    Path images = dir.resolve("images.npy");
    Path tokens = dir.resolve("tokens.npy");
    NpyArray.of(new byte[12], 1, 2, 2, 3).write(images);
    Cli.run("tokenize", "--images", images, "--palette", out, "--n-px", 2, "--out", tokens)
        .assertDone();
    assertThat(NpyArray.read(tokens).shape()).isEqualTo(Shape.of(1, 4));
    assertNothingPartial();
  }

  @Test
  void aPaletteToCompareWithGetsALine() throws IOException {
    Path out = dir.resolve("again.npy");
    Path other = dir.resolve("black-and-white.npy");
    NpyArray.of(new float[] {-1, -1, -1, 1, 1, 1}, 2, 3).write(other);

    Outcome fitted =
        call(
                "palette fit --colors 30 --rounds 1 --n-px 2 --out %s --compare %s"
                    .formatted(out, other),
                "--runner=DirectRunner")
            .assertDone();

    assertThat(fitted.out().lines().toList()).hasSize(6);
    assertThat(fitted.out().lines().toList().get(5)).startsWith(other.toString());
  }

  @Test
  void aDataSetsScoreSaysWhatWasScoredAndByWhat() throws IOException {
    Path out = dir.resolve("score.json");

    Outcome scored =
        call(
                "score --max-dead-letters 0.1 --model %s --out %s".formatted(model, out),
                "--runner=DirectRunner")
            .assertDone();

    assertThat(scored.err())
        .containsExactly("warning: 1 records could not be used and are left out");
    assertThat(scored.out())
        .startsWith("igpt-tiny on cifar10: 9 test images, ")
        .contains("nats per token (standard error ", " bits")
        .doesNotContain("published");
    JsonNode json = Cli.json(out);
    List<Double> nats = new ArrayList<>();
    json.get("per_image").forEach(node -> nats.add(node.asDouble()));
    double mean = nats.stream().mapToDouble(d -> d).sum() / 9;
    assertThat(nats).hasSize(9);
    assertThat(json.get("images").asInt()).isEqualTo(9);
    assertThat(json.get("nats_per_token").asDouble()).isEqualTo(mean);
    assertThat(json.get("bits_per_token").asDouble()).isEqualTo(mean / Math.log(2));
    double squares = nats.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
    assertThat(json.get("nats_per_token_stderr").asDouble())
        .isEqualTo(Math.sqrt(squares / 8) / Math.sqrt(9));
    assertThat(json.get("dataset").get("name").asText()).isEqualTo("cifar10");
    assertThat(json.get("dataset").get("split").asText()).isEqualTo("test");
    assertThat(json.get("dataset").get("digest").asText()).matches("[0-9a-f]{64}");
    assertThat(json.get("model").get("name").asText()).isEqualTo("igpt-tiny");
    assertThat(json.get("model").get("digest").asText()).isEqualTo(ModelInfo.read(model).digest());
    assertThat(json.get("dead_letters").get("count").asInt()).isOne();
    assertThat(json.has("published")).isFalse();
    assertNothingPartial();
  }

  @Test
  void withoutAFileToWriteTheScoreIsPrinted() {
    Outcome scored =
        call("score --split train --limit-train 5 --model " + model, "--runner=DirectRunner")
            .assertDone();

    assertThat(scored.out()).startsWith("igpt-tiny on cifar10: 5 training images, ");
  }

  @Test
  void aPublishedLossStandsBesideTheImagesItWasMeasuredOn() {
    ScoreReport report =
        new ScoreReport(
            2.25,
            0.5,
            3.25,
            1_017,
            new ScoreReport.Dataset("cifar10", "d", "test"),
            new ScoreReport.Model("igpt-s", "m"),
            new ScoreReport.DeadLetters(0),
            new PublishedLoss("iGPT-S", 2.0895, "ImageNet 32x32 test", "OpenAI"),
            List.of());

    assertThat(report.text().lines())
        .containsExactly(
            "igpt-s on cifar10: 1,017 test images, 2.2500 nats per token (standard error 0.5000), 3.2500 bits",
            "published for iGPT-S: 2.0895 nats per token, on ImageNet 32x32 test (OpenAI): to be compared on those images only");
  }

  private static Outcome call(String own, String beam) {
    List<String> arguments = new ArrayList<>(List.of(own.split(" ")));
    arguments.addAll(
        List.of("--dataset", "cifar10", "--data", dir.resolve("data").toString(), "--", beam));
    return Cli.run(arguments.toArray());
  }

  private static void assertNothingPartial() throws IOException {
    assertThat(Cli.tree(dir)).noneMatch(path -> path.contains(".partial-"));
  }
}
