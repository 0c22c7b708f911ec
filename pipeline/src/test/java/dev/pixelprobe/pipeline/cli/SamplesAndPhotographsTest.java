package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.SavedModelWriter;
import dev.pixelprobe.model.Tokenizer;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.checkpoint.BundledModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the bundled model draws is nearer to real photographs than what the same model draws before
 * it is trained, and than noise: by its own features. Takes minutes: run it with {@code mvn verify
 * -Pslow}.
 */
@Tag("slow")
final class SamplesAndPhotographsTest {
  private static final Path DATA = Path.of("../../shared/data/cifar10-subset");

  /** More than there are features. */
  private static final int SAMPLES = 256;

  @TempDir static Path dir;

  private static Path bundled = Path.of("");

  @BeforeAll
  static void installModel() throws IOException {
    assumeTrue(Files.exists(DATA), "needs " + DATA + ", kept outside the repository");
    bundled = dir.resolve("bundled");
    BundledModels.install(BundledModels.IGPT_XS_16PX, bundled);
  }

  @Test
  void trainingBringsSamplesNearer() throws IOException {
    JsonNode trained = distance(drawnBy(bundled, "trained"));
    JsonNode untrained = distance(drawnBy(untrained(), "untrained"));
    JsonNode uniform = distance(uniform());

    assertThat(trained.get("extractor").asText())
        .isEqualTo("igpt-xs-16px ln_1_4, PIL box (antialiased, 8 bits) to 16 px");
    assertThat(trained.get("n_real").asInt()).isEqualTo(1017);
    assertThat(trained.get("n_fake").asInt()).isEqualTo(SAMPLES);
    assertThat(trained.get("warnings")).isEmpty();
    // Not by chance: the 95% intervals are apart.
    double farthest = trained.get("ci95").get(1).asDouble();
    assertThat(untrained.get("ci95").get(0).asDouble()).isGreaterThan(farthest);
    assertThat(uniform.get("ci95").get(0).asDouble()).isGreaterThan(farthest);
  }

  private static JsonNode distance(Path fake) throws IOException {
    Path out = dir.resolve("distance.json");
    Cli.run("fid", "--dataset", "cifar10", "--data", DATA, "--fake", fake, "--out", out)
        .assertDone();
    return Cli.json(out).get("distances").get(0);
  }

  private static Path drawnBy(Path model, String name) {
    Path out = dir.resolve(name);
    Cli.run("sample", "--model", model, "--count", SAMPLES, "--top-k", 0, "--out", out)
        .assertDone();
    return out;
  }

  /** The same architecture and palette, weights as GPT's are before training. */
  private static Path untrained() throws IOException {
    Path model = dir.resolve("random");
    ModelInfo info = ModelInfo.read(bundled);
    SavedModelWriter.write(
        "untrained",
        info.architecture(),
        SamplesAndPhotographsTest::tensor,
        Optional.of(info.palette(bundled)),
        info.resample(),
        model);
    return model;
  }

  private static float[] tensor(String name, long... shape) {
    Random random = new Random(name.hashCode());
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = name.contains("ln_") ? 1 : 0.02f * (float) random.nextGaussian();
    }
    return values;
  }

  private static Path uniform() throws IOException {
    Tokenizer tokenizer = ModelInfo.read(bundled).tokenizer(bundled);
    int pixels = tokenizer.nPx() * tokenizer.nPx();
    byte[] images = new byte[SAMPLES * pixels * 3];
    Random random = new Random(1);
    for (int image = 0; image < SAMPLES; image++) {
      short[] tokens = new short[pixels];
      for (int i = 0; i < pixels; i++) {
        tokens[i] = (short) random.nextInt(512);
      }
      RgbImage drawn = tokenizer.untokenize(Tokens.wrap(tokens));
      System.arraycopy(drawn.bytes(), 0, images, image * pixels * 3, pixels * 3);
    }
    Path file = dir.resolve("uniform.npy");
    NpyArray.of(images, SAMPLES, tokenizer.nPx(), tokenizer.nPx(), 3).write(file);
    return file;
  }
}
