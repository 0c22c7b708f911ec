package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.array.NpyType;
import dev.pixelprobe.model.array.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that take and give arrays, against what the reference programs computed. */
final class ArrayCommandsTest {
  private static final Path TINY =
      Path.of("../model/src/test/resources/golden/igpt-tiny-8px-openai");
  private static final Path METRICS = Path.of("../eval/src/test/resources/golden/metrics");
  private static final Path TOKENS = TINY.resolve("tokens.npy");

  @TempDir static Path dir;
  private static Path model = Path.of("");

  @BeforeAll
  static void importModel() {
    model = dir.resolve("model");
    Cli.run("model", "import", "--from", TINY, "--out", model).assertDone();
  }

  @ParameterizedTest(name = "{0} in the {1} reading")
  @CsvSource({
    "ln_1, sos, pooled_ln1.npy",
    "h, sos, pooled_h.npy",
    "ln_1, hf, pooled_ln1_hf.npy",
    "h, hf, pooled_h_hf.npy",
  })
  void featuresAreHuggingFaces(String features, String input, String golden) throws IOException {
    Path out = dir.resolve(golden);

    String said =
        Cli.run(
                "features",
                "--tokens",
                TOKENS,
                "--model",
                model,
                "--features",
                features,
                "--input",
                input,
                "--batch-size",
                3,
                "--out",
                out)
            .assertDone()
            .out();

    NpyArray expected = NpyArray.read(TINY.resolve(golden));
    NpyArray actual = NpyArray.read(out);
    assertThat(said).isEqualTo(out + ": float32 " + expected.shape() + System.lineSeparator());
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.type()).isEqualTo(NpyType.FLOAT32);
    assertClose(actual.toFloats(), expected.toFloats(), 2e-5 * largest(expected.toFloats()));
  }

  @Test
  void oneLayerIsAColumnOfAll() throws IOException {
    Path out = dir.resolve("layer2.npy");

    Cli.run("features", "--tokens", TOKENS, "--model", model, "--layers", "2", "--out", out)
        .assertDone();

    float[] all = NpyArray.read(TINY.resolve("pooled_ln1.npy")).toFloats();
    NpyArray one = NpyArray.read(out);
    assertThat(one.shape()).isEqualTo(Shape.of(6, 1, 32));
    for (int image = 0; image < 6; image++) {
      assertClose(
          Arrays.copyOfRange(one.toFloats(), image * 32, image * 32 + 32),
          Arrays.copyOfRange(all, (image * 4 + 2) * 32, (image * 4 + 3) * 32),
          2e-5 * largest(all));
    }
  }

  @Test
  void bfloat16FeaturesAreCloseToHuggingFacesButNotTheSame() throws IOException {
    Path out = dir.resolve("bf16.npy");

    Cli.run("features", "--tokens", TOKENS, "--model", model, "--precision", "bf16", "--out", out)
        .assertDone();

    float[] actual = NpyArray.read(out).toFloats();
    float[] expected = NpyArray.read(TINY.resolve("pooled_ln1.npy")).toFloats();
    assertClose(actual, expected, 2e-2 * largest(expected));
    assertThatThrownBy(() -> assertClose(actual, expected, 2e-4 * largest(expected)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void scoresAndLogitsAreHuggingFaces() throws IOException {
    Path out = dir.resolve("score.json");
    Path logits = dir.resolve("logits.npy");

    Cli.run("score", "--tokens", TOKENS, "--model", model, "--logits", logits, "--out", out)
        .assertDone();

    JsonNode score = Cli.json(out);
    float[] nll = NpyArray.read(TINY.resolve("nll.npy")).toFloats();
    assertThat(score.get("per_image")).hasSameSizeAs(nll);
    for (int image = 0; image < nll.length; image++) {
      assertThat(score.get("per_image").get(image).asDouble())
          .isCloseTo(nll[image], within(2e-6 * nll[image]));
    }
    double mean = IntStream.range(0, nll.length).mapToDouble(i -> nll[i]).average().orElseThrow();
    assertThat(score.get("nats_per_token").asDouble()).isCloseTo(mean, within(2e-6 * mean));
    assertThat(score.get("bits_per_token").asDouble())
        .isCloseTo(score.get("nats_per_token").asDouble() / Math.log(2), within(1e-12));
    NpyArray expected = NpyArray.read(TINY.resolve("logits_sos.npy"));
    assertThat(NpyArray.read(logits).shape()).isEqualTo(expected.shape());
    assertClose(NpyArray.read(logits).toFloats(), expected.toFloats(), 2e-4);
  }

  @ParameterizedTest(name = "with {0}")
  @ValueSource(strings = {"a palette", "a model"})
  void pixelsBecomeTheNearestColours(String source) throws IOException {
    // A black image and a white one, of 2 x 2 pixels.
    Path images = dir.resolve("images.npy");
    Path out = dir.resolve("tokens-" + source.length() + ".npy");
    byte[] pixels = new byte[2 * 2 * 2 * 3];
    Arrays.fill(pixels, 12, 24, (byte) 255);
    NpyArray.of(pixels, 2, 2, 2, 3).write(images);
    Path palette = dir.resolve("palette.npy");
    NpyArray.of(new float[] {1, 1, 1, 0, 0, 0, -1, -1, -1}, 3, 3).write(palette);

    if (source.equals("a model")) {
      Cli.run("tokenize", "--images", images, "--out", out).assertDone();
      assertThat(NpyArray.read(out).shape()).isEqualTo(Shape.of(2, 256));
      int[] tokens = NpyArray.read(out).toInts();
      assertThat(Arrays.copyOfRange(tokens, 0, 256)).containsOnly(tokens[0]);
      assertThat(Arrays.copyOfRange(tokens, 256, 512)).containsOnly(tokens[256]);
      assertThat(tokens[0]).isNotEqualTo(tokens[256]);
    } else {
      Cli.run("tokenize", "--images", images, "--palette", palette, "--n-px", 1, "--out", out)
          .assertDone();
      assertThat(NpyArray.read(out)).isEqualTo(NpyArray.of(new int[] {2, 0}, 2, 1));
    }
  }

  /**
   * scikit-learn stopped that far above the optimum, and one of the 700 rows is so near a tie that
   * it turns: see eval's LogisticRegressionTest.
   */
  @ParameterizedTest(name = "C = {1}")
  @CsvSource({"0, 0.01", "1, 1.0", "2, 100"})
  void theProbesObjectiveIsScikitLearns(int index, String c) throws IOException {
    JsonNode expected =
        Cli.json(METRICS.resolve("expected.json")).get("logistic_regression").get(index);
    Path out = dir.resolve("probe.json");

    Cli.run(
            "probe",
            "--train-x",
            METRICS.resolve("train_x.npy"),
            "--train-y",
            METRICS.resolve("train_y.npy"),
            "--test-x",
            METRICS.resolve("test_x.npy"),
            "--test-y",
            METRICS.resolve("test_y.npy"),
            "--c",
            c,
            "--no-standardize",
            "--out",
            out)
        .assertDone();

    JsonNode probe = Cli.json(out);
    double objective = expected.get("objective_C_sum_loss_plus_half_w2").asDouble();
    assertThat(probe.get("objective").asDouble()).isBetween(objective * (1 - 2.5e-6), objective);
    assertThat(probe.get("test_accuracy").asDouble())
        .isCloseTo(expected.get("test_accuracy").asDouble(), within(1.001 / 700));
    assertThat(probe.get("C").asDouble()).isEqualTo(Double.parseDouble(c));
    assertThat(probe.get("converged").asBoolean()).isTrue();
  }

  private static double largest(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> Math.abs(values[i])).max().orElse(0);
  }

  private static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).as("value %d", i).isCloseTo(expected[i], within(tolerance));
    }
  }
}
