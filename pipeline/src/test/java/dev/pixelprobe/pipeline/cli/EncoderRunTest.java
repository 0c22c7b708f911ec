package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyEncoder;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.features.FeatureTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are no Image GPT, through the whole benchmark. */
final class EncoderRunTest {
  private static final String OUTPUTS = "mean,pool.mixed,map";

  @TempDir static Path dir;

  private static Outcome one;

  @BeforeAll
  static void runFloats() throws IOException {
    CifarFiles.write(dir.resolve("data"), 30, 20, 3);
    TinyEncoder.floats(dir.resolve("floats"));
    TinyEncoder.bytes(dir.resolve("bytes"));
    TinyEncoder.encoded(dir.resolve("encoded"));
    one = floats("one", "f32", "--parallelism=1");
  }

  private static Outcome floats(String out, String precision, String beam) {
    return call(
        "run --model $/floats --output %s --image-size 8 --resample box --scale 1/255 --mean 0.5,0.25,0 --std 0.5 --precision %s --c 1e-2,1 --batch-size 7 --no-cache --out $/%s -- %s"
            .formatted(OUTPUTS, precision, out, beam));
  }

  private static Outcome call(String line) {
    List<Object> arguments = new ArrayList<>();
    for (String argument : line.split(" ", -1)) {
      arguments.add(argument.replace("$", dir.toString()));
      if (argument.equals("run") || argument.equals("extract")) {
        arguments.addAll(List.of("--dataset", "cifar10", "--data", dir.resolve("data")));
      }
    }
    if (line.startsWith("extract")) {
      arguments.addAll(List.of("--", "--runner=DirectRunner"));
    }
    return Cli.run(arguments.toArray()).assertDone();
  }

  @Test
  void theTableNamesTheOutputsBesideTheBaselines() {
    assertThat(one.out().lines().toList())
        .startsWith("floats on cifar10: 60 training and 20 test images, 3 classes")
        .anyMatch(line -> line.startsWith("mean "))
        .anyMatch(line -> line.startsWith("pool.mixed "))
        .anyMatch(line -> line.startsWith("colour histogram "))
        .anyMatch(line -> line.startsWith("pixels "))
        .anyMatch(line -> line.startsWith("best output, chosen on held-out training images: "))
        .noneMatch(line -> line.contains("nats per token"));
  }

  @Test
  void resultsNameOutputsInsteadOfLayers() throws IOException {
    JsonNode results = Cli.json(dir.resolve("one/results.json"));

    JsonNode model = results.at("/provenance/model");
    assertThat(model.fieldNames()).toIterable().containsExactly("name", "digest", "n_px");
    assertThat(model.get("n_px").asInt()).isEqualTo(8);
    assertThat(results.at("/provenance/precision").asText()).isEqualTo("f32");
    assertThat(results.has("generative")).isFalse();
    assertThat(results.get("probes")).hasSize(3);
    assertThat(results.get("probes").findValuesAsText("features"))
        .containsExactly(OUTPUTS.split(",", -1));
    assertThat(results.get("probes").findValuesAsText("dim")).containsExactly("3", "2", "3");
    assertThat(results.get("probes").findValues("layer")).isEmpty();
    assertThat(results.get("best_probe")).isIn(results.get("probes"));
    // The tints of the classes differ by more than the mean of 1024 noisy pixels does.
    assertThat(results.at("/best_probe/test_accuracy").asDouble()).isEqualTo(1);
    assertThat(results.get("baselines").findValuesAsText("name"))
        .containsExactly("majority", "colour_histogram", "pixels");
    assertThat(results.at("/baselines/2/dim").asInt()).isEqualTo(8 * 8 * 3);
  }

  @Test
  void featuresAreWhatTheGraphSaysOfTheScaledPixels() throws IOException {
    FeatureReader set = features("one");
    FeatureTable pixels = set.pixels(Split.TEST);
    float[] mean = set.features(Split.TEST, List.of("output_mean")).values();
    float[] mixed = set.features(Split.TEST, List.of("output_pool%2Emixed")).values();
    float[] map = set.features(Split.TEST, List.of("output_map")).values();

    for (int row = 0; row < pixels.rows(); row++) {
      double[] expected = new double[3];
      for (int i = 0; i < pixels.width(); i++) {
        expected[i % 3] += pixels.values()[row * pixels.width() + i] / 64 / 255;
      }
      double red = (expected[0] - 0.5) / 0.5;
      double green = (expected[1] - 0.25) / 0.5;
      double blue = expected[2] / 0.5;
      assertClose(mean, row * 3, red, green, blue);
      assertClose(map, row * 3, red, green, blue);
      assertClose(mixed, row * 2, red + blue, green + blue);
    }
  }

  /** Sums of 64 float32 of about 1. */
  private static void assertClose(float[] values, int from, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.abs(values[from + i] - expected[i])).isLessThan(1e-5);
    }
  }

  @Test
  void featuresAreTheSameBitForBitAtAnyParallelism() throws IOException {
    floats("two", "f32", "--parallelism=2");

    for (String column : List.of("output_mean", "output_pool%2Emixed", "output_map")) {
      assertThat(features("two").features(Split.TRAIN, List.of(column)).values())
          .isEqualTo(features("one").features(Split.TRAIN, List.of(column)).values());
    }
  }

  @Test
  void bfloat16IsRecordedAndOnlyProductsDiffer() throws IOException {
    floats("rounded", "bf16", "--runner=DirectRunner");

    JsonNode results = Cli.json(dir.resolve("rounded/results.json"));
    assertThat(results.at("/provenance/precision").asText()).isEqualTo("bf16");
    assertThat(features("rounded").manifest().precision()).isEqualTo("bf16");
    assertThat(features("rounded").manifest().digest())
        .isNotEqualTo(features("one").manifest().digest());
    assertThat(features("rounded").features(Split.TEST, List.of("output_mean")).values())
        .isEqualTo(features("one").features(Split.TEST, List.of("output_mean")).values());
    assertThat(features("rounded").features(Split.TEST, List.of("output_pool%2Emixed")).values())
        .isNotEqualTo(
            features("one").features(Split.TEST, List.of("output_pool%2Emixed")).values());
  }

  @Test
  void bytesOfPixelsAreTakenAtTheSizeOfTheGraph() throws IOException {
    Outcome outcome = call("extract --model $/bytes --out $/of-bytes");

    assertThat(outcome.out())
        .isEqualTo(
            "%s: 60 training and 20 test images, 1 columns of 3, 0 dead letters%n"
                .formatted(dir.resolve("of-bytes")));
    FeatureReader set = FeatureReader.open(dir.resolve("of-bytes").toString());
    assertThat(set.manifest().input()).isEqualTo("uint8 4 x 4 bilinear");
    float[] pixels = set.pixels(Split.TEST).values();
    float red = 0;
    for (int i = 0; i < 48; i += 3) {
      red += pixels[i];
    }
    assertThat(set.features(Split.TEST, List.of("output_rows")).values()[0]).isEqualTo(red / 16);
  }

  @Test
  void encodedImagesAreOriginalsUnlessASizeIsGiven() throws IOException {
    call("extract --model $/encoded --out $/originals");
    call("extract --model $/encoded --image-size 5 --out $/resized");

    FeatureReader originals = FeatureReader.open(dir.resolve("originals").toString());
    assertThat(originals.features(Split.TEST, List.of("output_size")).values())
        .startsWith(0, 0, 0, 32, 0, 0, 0, 32);
    assertThat(originals.manifest().viewPx()).isEqualTo(32);
    assertThat(originals.manifest().model().nPx()).isNull();
    FeatureReader resized = FeatureReader.open(dir.resolve("resized").toString());
    assertThat(resized.features(Split.TEST, List.of("output_size")).values())
        .startsWith(0, 0, 0, 5, 0, 0, 0, 5);
    assertThat(resized.manifest().viewPx()).isEqualTo(5);
  }

  @Test
  void aSecondRunIsFromTheCacheAndAnotherScaleIsNot() throws IOException {
    String call = "extract --model $/floats --output mean --image-size 8 --scale %s --out $/%s";
    call(call.formatted("1", "cached-1"));

    assertThat(call(call.formatted("1", "cached-2")).err())
        .anyMatch(line -> line.contains("extraction skipped"));
    assertThat(call(call.formatted("2", "cached-3")).err()).isEmpty();
  }

  @Test
  void settingsMayStandBesideTheModel() throws IOException {
    Path model = TinyEncoder.floats(dir.resolve("described"));
    Files.writeString(
        model.resolve("pixelprobe-input.json"), "{\"image_size\": 6, \"output\": [\"mean\"]}");

    call("extract --model $/described --out $/by-file");

    FeatureReader set = FeatureReader.open(dir.resolve("by-file").toString());
    assertThat(set.manifest().model().nPx()).isEqualTo(6);
    assertThat(set.manifest().columns()).hasSize(1);
  }

  private static FeatureReader features(String run) throws IOException {
    return FeatureReader.open(dir.resolve(run).resolve("features").toString());
  }
}
