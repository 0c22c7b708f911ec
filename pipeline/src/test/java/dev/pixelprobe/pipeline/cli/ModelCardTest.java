package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bundled model's card: what scikit-learn 1.2.1 reads from HuggingFace's features of 5,085
 * training and 1,017 test images of CIFAR-10, standardised, at C = 0.01. Takes minutes: run it with
 * {@code mvn verify -Pslow}.
 */
@Tag("slow")
final class ModelCardTest {
  private static final Path DATA = Path.of("../../shared/data/cifar10-subset");
  private static final double[] LN_1 = {
    28.81, 36.48, 39.04, 41.99, 43.36, 44.05, 43.95, 43.36, 39.82
  };
  private static final double BEST = 44.05;

  @TempDir static Path dir;

  private static JsonNode fixedC;
  private static JsonNode chosenC;

  @BeforeAll
  static void runTwice() throws IOException {
    assumeTrue(Files.exists(DATA), "needs " + DATA + ", kept outside the repository");
    fixedC = run("fixed", "--c", "0.01");
    chosenC = run("chosen", "--c", "1e-4,1e-3,1e-2,1e-1,1,10,100");
  }

  private static JsonNode run(String out, String... c) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("run", "--dataset", "cifar10"));
    arguments.addAll(List.of("--data", DATA, "--samples", 0, "--out", dir.resolve(out)));
    arguments.addAll(List.of(c));
    Cli.run(arguments.toArray()).assertDone();
    return Cli.json(dir.resolve(out).resolve("results.json"));
  }

  /** The optimum is unique: 0.4 points are four images whose two best classes nearly tie. */
  @Test
  void everyLayersAccuracyIsScikitLearns() {
    assertThat(fixedC.get("probes")).hasSameSizeAs(LN_1);
    for (int layer = 0; layer < LN_1.length; layer++) {
      JsonNode probe = fixedC.get("probes").get(layer);
      assertThat(probe.get("layer").asInt()).isEqualTo(layer);
      assertThat(probe.get("n_train").asInt()).isEqualTo(5085);
      assertThat(probe.get("n_test").asInt()).isEqualTo(1017);
      assertThat(100 * probe.get("test_accuracy").asDouble())
          .as("layer %d", layer)
          .isCloseTo(LN_1[layer], within(0.4));
    }
  }

  @Test
  void natsPerTokenAreTheCards() {
    JsonNode generative = fixedC.get("generative");
    assertThat(generative.get("nats_per_token").asDouble()).isCloseTo(2.8393, within(5e-4));
    assertThat(generative.get("nats_per_token_stderr").asDouble()).isCloseTo(0.0174, within(5e-5));
    assertThat(chosenC.get("generative")).isEqualTo(generative);
  }

  @Test
  void theScoreOfTheDataSetIsTheSameToTheLastBit() throws IOException {
    Path out = dir.resolve("score.json");

    Cli.run("score", "--dataset", "cifar10", "--data", DATA, "--out", out).assertDone();

    JsonNode score = Cli.json(out);
    for (String number : List.of("nats_per_token", "nats_per_token_stderr", "bits_per_token")) {
      assertThat(score.get(number)).isEqualTo(fixedC.get("generative").get(number));
    }
    assertThat(score.get("images").asInt()).isEqualTo(1017);
  }

  @Test
  void withCChosenTheBestLayerComesNearTheCardsBestAndBeatsPixelsClearly() {
    double best = 100 * chosenC.get("best_probe").get("test_accuracy").asDouble();
    double pixels = 0;
    for (JsonNode baseline : chosenC.get("baselines")) {
      if (baseline.get("name").asText().equals("pixels")) {
        pixels = 100 * baseline.get("test_accuracy").asDouble();
      }
    }

    assertThat(best).isGreaterThanOrEqualTo(BEST - 1.5).isGreaterThan(pixels + 3);
    assertThat(pixels).isBetween(30.0, 40.0);
  }
}
