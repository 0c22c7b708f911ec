package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.eval.distance.Features;
import dev.pixelprobe.eval.distance.FrechetDistance;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.TinyEncoder;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in, distances out. */
final class FidCommandTest {
  private static final int PX = 8;
  private static final String MEAN =
      "--extractor $/floats --tap mean --image-size 8 --scale 1 --real $/real.npy --fake $/fake.npy";

  @TempDir static Path dir;

  private static final byte[] REAL = noise(40, 1);
  private static final byte[] FAKE = noise(30, 2);

  @BeforeAll
  static void writeInputs() throws IOException {
    TinyModel.write(dir.resolve("model"));
    TinyEncoder.floats(dir.resolve("floats"));
    NpyArray.of(REAL, 40, PX, PX, 3).write(dir.resolve("real.npy"));
    NpyArray.of(FAKE, 30, PX, PX, 3).write(dir.resolve("fake.npy"));
    CifarFiles.write(dir.resolve("data"), 30, 12, 3);
  }

  private static byte[] noise(int images, long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[images * PX * PX * 3];
    for (int i = 0; i < images; i++) {
      int tint = random.nextInt((int) (100 + 50 * seed));
      for (int j = 0; j < PX * PX * 3; j++) {
        pixels[i * PX * PX * 3 + j] = (byte) (tint + random.nextInt(50));
      }
    }
    return pixels;
  }

  private static Outcome fid(String line) {
    List<Object> arguments = new ArrayList<>(List.of("fid"));
    for (String argument : line.split(" ", -1)) {
      arguments.add(argument.replace("$", dir.toString()));
    }
    return Cli.run(arguments.toArray()).assertDone();
  }

  private static JsonNode distances(String file) throws IOException {
    return Cli.json(dir.resolve(file)).get("distances");
  }

  private static JsonNode named(JsonNode distances, String metric) {
    return StreamSupport.stream(distances.spliterator(), false)
        .filter(distance -> distance.get("metric").asText().equals(metric))
        .findFirst()
        .orElseThrow();
  }

  private static double value(JsonNode distances, String metric) {
    return named(distances, metric).get("value").asDouble();
  }

  /** Of each image the mean of each channel: what TinyEncoder's {@code mean} gives. */
  private static FeatureSummary means(byte[] pixels) {
    int images = pixels.length / (PX * PX * 3);
    float[] means = new float[images * 3];
    for (int i = 0; i < pixels.length; i++) {
      means[i / (PX * PX * 3) * 3 + i % 3] += (pixels[i] & 0xff) / (float) (PX * PX);
    }
    return FeatureSummary.of(Features.of("means", Matrix.wrap(means, images, 3)));
  }

  @Test
  void distancesAreThoseOfTheExtractorsFeatures() throws IOException {
    Outcome outcome = fid(MEAN + " --out $/means.json --no-cache");

    double expected = FrechetDistance.between(means(REAL).stats(), means(FAKE).stats());
    JsonNode all = distances("means.json");
    assertThat(all.findValuesAsText("metric"))
        .containsExactly(
            "fid", "fid_infinity", "kid", "precision", "recall", "density", "coverage");
    assertThat(value(all, "fid")).isCloseTo(expected, within(1e-4 * expected));
    JsonNode fid = named(all, "fid");
    assertThat(fid.get("extractor").asText())
        .isEqualTo("floats mean, PIL bilinear (antialiased, 8 bits) to 8 px");
    assertThat(fid.get("dim").asInt()).isEqualTo(3);
    assertThat(fid.get("n_real").asInt()).isEqualTo(40);
    assertThat(fid.get("n_fake").asInt()).isEqualTo(30);
    assertThat(fid.get("ci95")).hasSize(2);
    assertThat(fid.get("warnings")).isEmpty();
    assertThat(outcome.out().lines().limit(8).map(line -> line.replaceFirst(" .*", "")))
        .containsExactly(
            "floats",
            "metric",
            "frechet",
            "frechet_infinity",
            "kernel",
            "precision",
            "recall",
            "density");
    assertThat(outcome.out())
        .startsWith("floats mean, PIL bilinear (antialiased, 8 bits) to 8 px\n");
  }

  @Test
  void onlyAPartOfTheFeaturesNeedBeKept() throws IOException {
    fid(MEAN + " --out $/whole.json");
    Outcome outcome = fid(MEAN + " --max-features 25 --out $/part.json");

    JsonNode part = distances("part.json");
    assertThat(value(part, "fid")).isEqualTo(value(distances("whole.json"), "fid"));
    assertThat(named(part, "fid").get("n_real").asInt()).isEqualTo(40);
    assertThat(named(part, "kid").get("n_real").asInt()).isEqualTo(25);
    assertThat(named(part, "kid").get("n_fake").asInt()).isEqualTo(25);
    assertThat(outcome.out())
        .contains("warning: kernel: from 25 of 40 real images, drawn at random")
        .contains("warning: frechet: interval from 25 of 30 generated images, drawn at random");
  }

  @Test
  void savedStatisticsStandForEitherSide() throws IOException {
    fid(MEAN + " --save-stats $/stats.npz --out $/images.json");
    String mean = "--extractor $/floats --tap mean --image-size 8 --scale 1";
    fid(mean + " --real $/stats.npz --fake $/fake.npy --out $/real-stats.json");
    fid(mean + " --real $/fake.npy --fake $/stats.npz --out $/fake-stats.json");
    Outcome files = fid("--real $/stats.npz --fake $/stats.npz --out $/both.json");

    double expected = value(distances("images.json"), "fid");
    JsonNode ofReal = distances("real-stats.json");
    assertThat(ofReal.findValuesAsText("metric")).containsExactly("fid", "fid_infinity");
    assertThat(value(ofReal, "fid")).isCloseTo(expected, within(1e-9 * expected));
    JsonNode ofFake = distances("fake-stats.json");
    assertThat(ofFake.findValuesAsText("metric")).containsExactly("fid");
    assertThat(value(ofFake, "fid")).isCloseTo(expected, within(1e-9 * expected));
    assertThat(ofFake.get(0).get("n_real").asInt()).isEqualTo(30);
    assertThat(ofFake.get(0).has("n_fake")).isFalse();
    // Of a set with itself: 0 within 1e-6 of the trace.
    double trace = 0;
    for (int j = 0; j < 3; j++) {
      trace += means(REAL).stats().covariance(j, j);
    }
    assertThat(value(distances("both.json"), "fid")).isBetween(0.0, 1e-6 * trace);
    assertThat(files.out()).startsWith("statistics of unnamed features\n");
  }

  @Test
  @Tag("slow")
  void samplesInEitherFormatAreRead() throws IOException {
    for (String format : List.of("png", "tfrecord")) {
      Cli.run(
              "sample",
              "--model",
              dir.resolve("model"),
              "--count",
              "9",
              "--format",
              format,
              "--out",
              dir.resolve(format))
          .assertDone();
    }
    String real = "--model $/model --dataset cifar10 --data $/data --no-cache --fake ";
    Outcome outcome = fid(real + "$/png --split train --limit-train 50 --out $/png.json");
    fid(real + "$/tfrecord --split train --limit-train 50 --out $/tfrecord.json");
    fid(real + "$/png --out $/test.json");

    JsonNode png = named(distances("png.json"), "fid");
    double expected = png.get("value").asDouble();
    assertThat(expected).isPositive();
    assertThat(png.get("extractor").asText())
        .isEqualTo("igpt-tiny ln_1_1, PIL box (antialiased, 8 bits) to 4 px");
    assertThat(png.get("n_real").asInt()).isEqualTo(50);
    assertThat(png.get("n_fake").asInt()).isEqualTo(9);
    assertThat(value(distances("tfrecord.json"), "fid"))
        .isCloseTo(expected, within(1e-6 * expected));
    assertThat(named(distances("test.json"), "fid").get("n_real").asInt()).isEqualTo(12);
    assertThat(outcome.out()).doesNotContainPattern("(?m)^(fid|kid)").contains("frechet");
  }

  @Test
  void theModelRunsOnceForTheSameImages() throws IOException {
    String call = "--model $/model --tap h_2 --seed 4 --real $/real.npy --fake $/fake.npy";
    fid(call + " --out $/first.json");
    LiveCounts.IMAGES.reset();

    Outcome again = fid(call + " --out $/second.json");

    assertThat(LiveCounts.IMAGES.sum()).isZero();
    assertThat(again.err()).filteredOn(line -> line.contains("found in the cache")).hasSize(2);
    assertThat(distances("second.json")).isEqualTo(distances("first.json"));
    fid(call + " --no-cache --out $/third.json");
    assertThat(LiveCounts.IMAGES.sum()).isEqualTo(30);
  }

  @Test
  void thePaletteFloorStandsBesideTheDistance() throws IOException {
    Outcome outcome = fid(MEAN + " --palette-floor $/model --out $/floor.json");

    JsonNode floor = named(distances("floor.json"), "palette_floor");
    assertThat(floor.get("value").asDouble()).isPositive();
    assertThat(floor.get("n_real").asInt()).isEqualTo(40);
    assertThat(outcome.out())
        .contains("palette_floor")
        .contains("real images in the 6 colours of igpt-tiny at 4 px (PIL box)");
  }
}
