package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job: the bundled model on a few of the drawn images, with nothing but the defaults. */
final class RunCommandTest {
  private static final int TRAIN = 60;
  private static final int TEST = 30;
  private static final int SAMPLES = 3;

  @TempDir static Path dir;

  private static Outcome first;
  private static Outcome second;
  private static Outcome uncached;

  @BeforeAll
  static void runThreeTimes() {
    first = run("first");
    second = run("second");
    uncached = run("uncached", "--no-cache");
  }

  private static Outcome run(String out, String... more) {
    List<Object> arguments = new ArrayList<>(List.of("run", "--layers", "0,1", "--c", "1e-3,1"));
    arguments.addAll(List.of("--limit-train", TRAIN, "--limit-test", TEST, "--samples", SAMPLES));
    arguments.addAll(List.of("--out", dir.resolve(out)));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray()).assertDone();
  }

  @Test
  void theTableHasTheLayersTheBaselinesAndTheNatsPerToken() {
    List<String> lines = first.out().lines().toList();

    assertThat(lines.get(0))
        .isEqualTo("igpt-xs-16px on shapes: 60 training and 30 test images, 10 classes");
    assertThat(lines)
        .anyMatch(line -> line.matches("features +C +valid % +test % +95% interval"))
        .anyMatch(line -> line.startsWith("ln_1 0 "))
        .anyMatch(line -> line.startsWith("ln_1 1 "))
        .anyMatch(line -> line.startsWith("majority "))
        .anyMatch(line -> line.startsWith("colour histogram "))
        .anyMatch(line -> line.startsWith("pixels "))
        .anyMatch(line -> line.startsWith("best layer, chosen on held-out training images: ln_1 "))
        .anyMatch(line -> line.matches("test images cost \\d\\.\\d{4} nats per token .*"))
        .last()
        .isEqualTo("results: " + dir.resolve("first/results.json"));
  }

  @Test
  void theDirectoryHoldsWhatTheDesignSaysAndNothingElse() throws IOException {
    try (Stream<Path> entries = Files.list(dir.resolve("first"))) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "results.json",
              "report.html",
              "predictions.csv",
              "nats.csv",
              "features",
              "samples",
              "completions",
              "examples",
              "dead-letters",
              "run.log");
    }
    try (Stream<Path> samples = Files.list(dir.resolve("first/samples"))) {
      assertThat(samples.map(sample -> sample.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "sample-00000.png",
              "sample-00001.png",
              "sample-00002.png",
              "contact-sheet.png",
              "samples.json");
    }
    assertThat(dir.resolve("first/run.log")).isNotEmptyFile();
    assertThat(dir.resolve("first/features/features.json")).exists();
    try (Stream<Path> entries = Files.list(dir)) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder("first", "second", "uncached");
    }
  }

  @Test
  void resultsAreByTheContract() throws IOException {
    JsonNode results = results("first");

    assertThat(results.get("schema").asText()).isEqualTo("pixelprobe/results/1");
    assertThat(names(results))
        .containsExactlyInAnyOrder(
            "schema",
            "provenance",
            "probes",
            "best_probe",
            "baselines",
            "generative",
            "samples",
            "distances",
            "timings",
            "dead_letters");
    assertThat(names(results.get("generative")))
        .containsExactlyInAnyOrder("nats_per_token", "nats_per_token_stderr", "bits_per_token");
    assertThat(names(results.get("timings")))
        .containsExactly("features", "probes", "samples", "distances", "completions");
    assertThat(names(results.get("samples"))).containsExactly("count", "seconds", "path");
    assertThat(results.get("samples").get("count").asInt()).isEqualTo(SAMPLES);
    assertThat(results.get("samples").get("path").asText()).isEqualTo("samples");
    assertThat(names(results.get("dead_letters"))).containsExactlyInAnyOrder("count", "path");
    assertThat(results.get("dead_letters").get("count").asInt()).isZero();
    assertThat(dir.resolve("first").resolve(results.get("dead_letters").get("path").asText()))
        .isEmptyFile();
  }

  @Test
  void provenanceIsByTheContract() throws IOException {
    JsonNode provenance = results("first").get("provenance");

    assertThat(names(provenance))
        .contains(
            "started", "finished", "version", "git_commit", "command", "java", "os", "cpu", "gpu")
        .contains("runner", "parallelism", "seed", "model", "palette_digest", "dataset");
    assertThat(Instant.parse(provenance.get("finished").asText()))
        .isAfterOrEqualTo(Instant.parse(provenance.get("started").asText()));
    assertThat(provenance.get("command").asText())
        .isEqualTo(
            "pixelprobe run --layers 0,1 --c 1e-3,1 --limit-train 60 --limit-test 30 --samples 3 --out "
                + dir.resolve("first"));
    assertThat(provenance.get("runner").asText()).isEqualTo("FlinkRunner");
    assertThat(provenance.get("parallelism").asInt())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(names(provenance.get("model")))
        .containsExactlyInAnyOrder("name", "digest", "n_px", "n_layer", "n_embd");
    assertThat(provenance.get("model").get("n_px").asInt()).isEqualTo(16);
    assertThat(names(provenance.get("dataset")))
        .containsExactlyInAnyOrder("name", "digest", "n_train", "n_test", "classes", "class_names");
    assertThat(provenance.get("dataset").get("n_train").asInt()).isEqualTo(TRAIN);
    assertThat(provenance.get("dataset").get("n_test").asInt()).isEqualTo(TEST);
  }

  @Test
  void probesAreByTheContract() throws IOException {
    JsonNode results = results("first");

    assertThat(results.get("probes")).hasSize(2);
    assertThat(results.get("baselines")).hasSize(3);
    for (JsonNode probe : results.get("probes")) {
      assertThat(names(probe)).contains("layer", "features");
      assertThat(probe.get("dim").asInt()).isEqualTo(192);
      assertProbe(probe);
    }
    for (JsonNode baseline : results.get("baselines")) {
      assertThat(names(baseline)).contains("name").doesNotContain("layer", "features");
      assertProbe(baseline);
    }
    assertThat(results.get("best_probe")).isIn(results.get("probes"));
  }

  private static void assertProbe(JsonNode probe) {
    assertThat(names(probe))
        .contains("dim", "C", "validation_accuracy", "test_accuracy", "test_accuracy_ci95")
        .contains("test_nll", "n_train", "n_test", "iterations", "converged");
    assertThat(probe.get("n_train").asInt()).isEqualTo(TRAIN);
    assertThat(probe.get("n_test").asInt()).isEqualTo(TEST);
    assertThat(probe.get("converged").asBoolean()).isTrue();
    double accuracy = probe.get("test_accuracy").asDouble();
    assertThat(accuracy * TEST).isCloseTo(Math.rint(accuracy * TEST), within(1e-9));
    assertThat(probe.get("test_accuracy_ci95")).hasSize(2);
    assertThat(accuracy)
        .isBetween(
            probe.get("test_accuracy_ci95").get(0).asDouble(),
            probe.get("test_accuracy_ci95").get(1).asDouble());
  }

  @Test
  void everyTestImageHasItsPredictionsAndItsNats() throws IOException {
    JsonNode results = results("first");
    List<String[]> lines = csv("predictions.csv");

    assertThat(lines.get(0))
        .containsExactly(
            "id", "label", "majority", "colour histogram", "pixels", "ln_1 0", "ln_1 1");
    assertThat(lines).hasSize(1 + TEST);
    for (int probe = 0; probe < 2; probe++) {
      int column = 5 + probe;
      long right = lines.stream().skip(1).filter(line -> line[column].equals(line[1])).count();
      assertThat(right)
          .isEqualTo(
              Math.round(results.at("/probes/" + probe + "/test_accuracy").asDouble() * TEST));
    }
    double mean =
        csv("nats.csv").stream()
            .skip(1)
            .mapToDouble(line -> Double.parseDouble(line[1]))
            .average()
            .orElseThrow();
    assertThat(mean).isCloseTo(results.at("/generative/nats_per_token").asDouble(), within(1e-6));
  }

  /** Examples are told by their names; every third image completes the picture below. */
  @Test
  void examplesAndCompletionsShowTheImagesThatTheyAreSaidToShow() throws IOException {
    JsonNode best = results("first").get("best_probe");
    List<String[]> lines = csv("predictions.csv");
    int column = List.of(lines.get(0)).indexOf("ln_1 " + best.get("layer").asInt());
    FeatureReader features = FeatureReader.open(dir.resolve("first/features").toString());
    try (Stream<Path> examples = Files.list(dir.resolve("first/examples"))) {
      for (Path example : examples.toList()) {
        String[] name = example.getFileName().toString().split("[-.]", -1);
        List<Integer> rows =
            IntStream.range(0, TEST)
                .filter(row -> lines.get(row + 1)[1].equals(name[0]))
                .filter(row -> lines.get(row + 1)[column].equals(name[1]))
                .boxed()
                .toList();
        assertShows(example, features, rows.get(Integer.parseInt(name[2])));
      }
    }
    for (int k = 0; k < 8; k++) {
      Path real = dir.resolve("first/completions/real-0000%d.png".formatted(k));
      assertShows(real, features, k * TEST / 8);
      RgbImage given = decoded(real);
      RgbImage completed = decoded(dir.resolve("first/completions/sample-0000%d.png".formatted(k)));
      assertThat(completed.width()).isEqualTo(given.width());
    }
  }

  private static void assertShows(Path png, FeatureReader features, int row) throws IOException {
    float[] pixels = features.pixels(Split.TEST).values();
    RgbImage image = decoded(png);
    int size = image.bytes().length;
    for (int i = 0; i < size; i++) {
      assertThat(image.bytes()[i] & 0xff).isEqualTo((int) pixels[row * size + i]);
    }
  }

  private static RgbImage decoded(Path png) throws IOException {
    BufferedImage image = ImageIO.read(png.toFile());
    byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
    for (int i = 0; i < rgb.length; i++) {
      int pixel = image.getRGB(i / 3 % image.getWidth(), i / 3 / image.getWidth());
      rgb[i] = (byte) (pixel >> (8 * (2 - i % 3)));
    }
    return RgbImage.wrap(image.getHeight(), image.getWidth(), rgb);
  }

  private static List<String[]> csv(String name) throws IOException {
    return Files.readAllLines(dir.resolve("first").resolve(name)).stream()
        .map(line -> line.replace("\"", "").split(",", -1))
        .toList();
  }

  @Test
  void theRunsPageIsOneFileWithAllOfIt() throws IOException {
    String page = Files.readString(dir.resolve("first/report.html"));

    assertThat(page)
        .contains("Run first of 20", "Test images, and right of each what igpt-xs-16px made")
        .contains("images drawn by igpt-xs-16px", " taken for ", "pixelprobe run --layers 0,1")
        .doesNotContain("<script", "src=\"http", "href=\"http");
  }

  @Test
  void aSecondRunSkipsExtractionAndSaysSo() {
    assertThat(first.err()).noneMatch(line -> line.contains("skipped"));
    assertThat(second.err())
        .singleElement()
        .asString()
        .matches("features: found in the cache \\([0-9a-f]{12}\\), extraction skipped");
    assertThat(uncached.err()).noneMatch(line -> line.contains("skipped"));
  }

  @Test
  void theSameRunGivesTheSameResultsWhetherExtractedAgainOrNot() throws IOException {
    assertThat(lasting("second")).isEqualTo(lasting("first"));
    assertThat(lasting("uncached")).isEqualTo(lasting("first"));
  }

  /** Results without what must differ: times, and the command with its output directory. */
  private static JsonNode lasting(String run) throws IOException {
    ObjectNode results = (ObjectNode) results(run);
    results.remove("timings");
    ((ObjectNode) results.get("samples")).remove("seconds");
    ((ObjectNode) results.get("provenance")).remove(List.of("started", "finished", "command"));
    return results;
  }

  private static JsonNode results(String run) throws IOException {
    return Cli.json(dir.resolve(run).resolve("results.json"));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
