package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.distance.Features;
import dev.pixelprobe.eval.distance.FrechetDistance;
import dev.pixelprobe.eval.distance.GaussianStats;
import dev.pixelprobe.eval.distance.Moments;
import dev.pixelprobe.model.AsideDirectory;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.encoder.EncoderInfo;
import dev.pixelprobe.model.encoder.ImageEncoder;
import dev.pixelprobe.model.inception.InceptionEncoder;
import dev.pixelprobe.model.inception.InceptionLookalike;
import dev.pixelprobe.model.inception.InceptionOutput;
import dev.pixelprobe.model.inception.InceptionResize;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Distances by a graph with the nodes, shapes and taps of FID's own. */
@Tag("slow")
final class InceptionFidTest {
  private static final int PX = 12;

  @TempDir static Path dir;

  @BeforeAll
  static void writeInputs() throws IOException {
    InceptionLookalike.of(1).write(dir.resolve("graph.pb"));
    TinyModel.write(dir.resolve("model"));
    CifarFiles.write(dir.resolve("data"), 12, 9, 3);
    NpyArray.of(noise(7, 1), 7, PX, PX, 3).write(dir.resolve("real.npy"));
    NpyArray.of(noise(5, 2), 5, PX, PX, 3).write(dir.resolve("fake.npy"));
  }

  private static byte[] noise(int images, long seed) {
    byte[] pixels = new byte[images * PX * PX * 3];
    new Random(seed).nextBytes(pixels);
    return pixels;
  }

  private static Outcome call(String line) {
    return Cli.run((Object[]) line.replace("$", dir.toString()).split(" ")).assertDone();
  }

  private static Outcome fid(String more) {
    return call(
        "fid --extractor inception --inception $/graph.pb --real $/real.npy --fake $/fake.npy "
            + more);
  }

  private static JsonNode distances(String file) throws IOException {
    return Cli.json(dir.resolve(file)).get("distances");
  }

  @Test
  void fidIsThatOfTheGraphsFeaturesAndSaysHowImagesWereResized() throws IOException {
    Outcome outcome = fid("--tap 64 --out $/tf1.json");
    fid("--tap 64 --resize pil_bicubic --out $/clean.json");

    JsonNode tf1 = distances("tf1.json");
    assertThat(tf1.findValuesAsText("metric"))
        .containsExactly(
            "fid",
            "fid_infinity",
            "kid",
            "precision",
            "recall",
            "density",
            "coverage",
            "inception_score");
    assertFid(tf1.get(0), InceptionResize.TF1_BILINEAR);
    assertThat(tf1.get(0).get("extractor").asText())
        .isEqualTo("inception-2015-12-05 64, TF1 bilinear in the graph to 299 px");
    assertThat(tf1.get(7).get("dim").asInt()).isEqualTo(1008);
    assertThat(outcome.out()).contains("\nfid ", "\nkid ").doesNotContain("frechet");
    JsonNode clean = distances("clean.json").get(0);
    assertFid(clean, InceptionResize.PIL_BICUBIC);
    assertThat(clean.get("extractor").asText())
        .isEqualTo("inception-2015-12-05 64, PIL bicubic (antialiased, float32) to 299 px");
    assertThat(clean.get("value")).isNotEqualTo(tf1.get(0).get("value"));
  }

  @Test
  void onceFetchedItIsTheDefaultUnlessAModelIsNamed() throws IOException {
    String images = "fid --real $/real.npy --fake $/fake.npy --no-cache --out $/default.json";
    Path fetched = Cli.CACHE.resolve("inception");
    assertThat(call(images).out()).startsWith("igpt-xs-16px ln_1_4, ");
    Files.createDirectories(fetched);
    Files.copy(dir.resolve("graph.pb"), fetched.resolve(InceptionEncoder.FILE));
    try {
      assertThat(call(images).out()).startsWith("inception-2015-12-05 2048, ");
      assertThat(call(images + " --model $/model").out()).startsWith("igpt-tiny ln_1_1, ");
    } finally {
      AsideDirectory.delete(fetched);
    }
  }

  private static void assertFid(JsonNode fid, InceptionResize resize) throws IOException {
    Path model = InceptionEncoder.prepare(dir.resolve("graph.pb"), dir.resolve("cache"));
    EncoderInfo info =
        InceptionEncoder.inspect(model, List.of(InceptionOutput.POOL_64), resize, Precision.F32);
    try (ImageEncoder encoder = ImageEncoder.open(info, 2)) {
      double expected =
          FrechetDistance.between(stats(encoder, noise(7, 1)), stats(encoder, noise(5, 2)));
      assertThat(fid.get("value").asDouble()).isCloseTo(expected, within(1e-4 * expected));
    }
  }

  private static GaussianStats stats(ImageEncoder encoder, byte[] pixels) {
    int size = PX * PX * 3;
    int count = pixels.length / size;
    float[] features = new float[count * 64];
    for (int i = 0; i < count; i++) {
      byte[] image = Arrays.copyOfRange(pixels, i * size, (i + 1) * size);
      float[] vector = encoder.run(List.of(RgbImage.wrap(PX, PX, image))).get(0);
      System.arraycopy(vector, 0, features, i * 64, 64);
    }
    return Moments.of(Features.of("noise", Matrix.wrap(features, count, 64))).toStats();
  }

  @Test
  void runComparesByBothExtractorsAndTellsThePaletteFloor() throws IOException {
    Outcome outcome =
        call(
            "run --dataset cifar10 --data $/data --model $/model --c 1 --samples 6"
                + " --extractor inception,igpt --inception $/graph.pb --out $/run"
                + " -- --runner=DirectRunner");

    JsonNode distances = Cli.json(dir.resolve("run/results.json")).get("distances");
    List<String> fids = new ArrayList<>();
    for (JsonNode distance : distances) {
      if (distance.get("metric").asText().equals("fid")) {
        fids.add(distance.get("extractor").asText());
        assertThat(distance.get("n_real").asInt()).isEqualTo(9);
        assertThat(distance.get("n_fake").asInt()).isEqualTo(6);
      }
    }
    assertThat(fids)
        .containsExactly(
            "igpt-tiny ln_1_1, PIL box (antialiased, 8 bits) to 4 px",
            "inception-2015-12-05 2048, TF1 bilinear in the graph to 299 px");
    assertThat(distances.findValuesAsText("metric")).containsOnlyOnce("palette_floor");
    assertThat(outcome.out())
        .containsOnlyOnce("\nfrechet ")
        .containsOnlyOnce("\nfid ")
        .containsOnlyOnce("\npalette_floor ");
  }
}
