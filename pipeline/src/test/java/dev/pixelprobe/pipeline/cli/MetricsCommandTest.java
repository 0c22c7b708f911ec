package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.array.NpzFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features in, distances out, against what the reference programs computed. */
final class MetricsCommandTest {
  private static final Path GOLDEN = Path.of("../eval/src/test/resources/golden/metrics");
  private static final Path REAL = GOLDEN.resolve("real.npy");
  private static final Path FAKE = GOLDEN.resolve("fake.npy");
  private static final Path LOGITS = GOLDEN.resolve("logits.npy");

  @TempDir Path dir;

  @Test
  void valuesAreThoseOfTheReferencePrograms() throws IOException {
    JsonNode expected = Cli.json(GOLDEN.resolve("expected.json"));
    Path out = dir.resolve("metrics.json");

    String table =
        Cli.run("metrics", "--real", REAL, "--fake", FAKE, "--logits", LOGITS, "--out", out)
            .assertDone()
            .out();

    JsonNode all = Cli.json(out).get("distances");
    assertThat(all.findValuesAsText("metric"))
        .containsExactly(
            "fid",
            "fid_infinity",
            "kid",
            "precision",
            "recall",
            "density",
            "coverage",
            "inception_score");
    assertThat(value(all, "fid"))
        .isCloseTo(expected.get("fid").asDouble(), within(1e-6 * expected.get("fid").asDouble()));
    // float32 in the reference program: see eval's KernelDistanceTest.
    assertThat(value(all, "kid"))
        .isCloseTo(expected.get("kid_first_min_n_unbiased_poly3").asDouble(), within(5e-7));
    assertThat(value(all, "inception_score"))
        .isCloseTo(expected.get("inception_score_1_split").asDouble(), within(1e-9));
    JsonNode neighbours = expected.get("precision_recall_k3");
    assertThat((double) (float) value(all, "precision"))
        .isEqualTo(neighbours.get("precision").asDouble());
    assertThat((double) (float) value(all, "recall"))
        .isEqualTo(neighbours.get("recall").asDouble());
    assertThat(value(all, "density")).isEqualTo(expected.at("/prdc_k5/density").asDouble());
    assertThat(value(all, "coverage")).isEqualTo(expected.at("/prdc_k5/coverage").asDouble());
    assertThat(table.lines().map(line -> line.replaceFirst(" .*", "")).limit(9))
        .containsExactly(
            "metric",
            "fid",
            "fid_infinity",
            "kid",
            "precision",
            "recall",
            "density",
            "coverage",
            "inception_score");
  }

  @Test
  void eachDistanceSaysWhatItIsOf() throws IOException {
    Path out = dir.resolve("metrics.json");

    String table =
        Cli.run(
                "metrics",
                "--real",
                REAL,
                "--fake",
                FAKE,
                "--logits",
                LOGITS,
                "--extractor",
                "inception pool_3",
                "--out",
                out)
            .assertDone()
            .out();

    JsonNode all = Cli.json(out).get("distances");
    JsonNode fid = named(all, "fid");
    assertThat(fid.get("extractor").asText()).isEqualTo("inception pool_3");
    assertThat(fid.get("dim").asInt()).isEqualTo(24);
    assertThat(fid.get("n_real").asInt()).isEqualTo(900);
    assertThat(fid.get("n_fake").asInt()).isEqualTo(700);
    assertThat(fid.get("warnings")).isEmpty();
    assertThat(fid.get("value").asDouble())
        .isBetween(fid.get("ci95").get(0).asDouble(), fid.get("ci95").get(1).asDouble());
    assertThat(named(all, "kid").get("ci95")).hasSize(2);
    JsonNode score = named(all, "inception_score");
    assertThat(score.get("dim").asInt()).isEqualTo(10);
    assertThat(score.get("n_real").asInt()).isZero();
    assertThat(score.get("warnings").get(0).asText()).isEqualTo("1 split instead of 10");
    assertThat(table).contains("warning: inception_score: 1 split instead of 10");
  }

  @Test
  void theSeedDecides() throws IOException {
    JsonNode first = metrics("--seed", "1", "--splits", "10");

    assertThat(metrics("--seed", "1", "--splits", "10")).isEqualTo(first);
    JsonNode other = metrics("--seed", "2", "--splits", "10");
    assertThat(named(other, "fid").get("ci95")).isNotEqualTo(named(first, "fid").get("ci95"));
    assertThat(named(other, "kid").get("ci95")).isNotEqualTo(named(first, "kid").get("ci95"));
    assertThat(value(other, "fid_infinity")).isNotEqualTo(value(first, "fid_infinity"));
    assertThat(value(other, "inception_score")).isNotEqualTo(value(first, "inception_score"));
    assertThat(named(first, "inception_score").get("deviation").asDouble()).isPositive();
    assertThat(value(other, "fid")).isEqualTo(value(first, "fid"));
  }

  private JsonNode metrics(String... options) throws IOException {
    Path out = dir.resolve("seeded.json");
    String[] call = {
      "metrics",
      "--real",
      REAL.toString(),
      "--fake",
      FAKE.toString(),
      "--logits",
      LOGITS.toString(),
      "--out",
      out.toString()
    };
    Object[] all = Stream.concat(Arrays.stream(call), Arrays.stream(options)).toArray();
    Cli.run(all).assertDone();
    return Cli.json(out).get("distances");
  }

  @Test
  void savedStatisticsStandForTheRealImages() throws IOException {
    Path stats = dir.resolve("stats.npz");
    Path first = dir.resolve("first.json");
    Path second = dir.resolve("second.json");

    Cli.run("metrics", "--real", REAL, "--fake", FAKE, "--save-stats", stats, "--out", first)
        .assertDone();
    Cli.run("metrics", "--real", stats, "--fake", FAKE, "--out", second).assertDone();

    JsonNode ofFeatures = Cli.json(first).get("distances");
    JsonNode ofStats = Cli.json(second).get("distances");
    assertThat(ofStats.findValuesAsText("metric")).containsExactly("fid", "fid_infinity");
    assertThat(value(ofStats, "fid")).isEqualTo(value(ofFeatures, "fid"));
    assertThat(value(ofStats, "fid_infinity")).isEqualTo(value(ofFeatures, "fid_infinity"));
    assertThat(named(ofStats, "fid").has("n_real")).isFalse();
    try (NpzFile npz = NpzFile.open(stats)) {
      assertThat(npz.read("mu").shape().toString()).isEqualTo("(24,)");
      assertThat(npz.read("sigma").shape().toString()).isEqualTo("(24, 24)");
    }
  }

  @Test
  void statisticsMayBeFloat32() throws IOException {
    Path stats = dir.resolve("stats.npz");
    Path fake = dir.resolve("fake.npy");
    Path out = dir.resolve("out.json");
    NpzFile.write(
        stats,
        Map.of("mu", NpyArray.of(new float[] {1}, 1), "sigma", NpyArray.of(new float[] {4}, 1, 1)));
    NpyArray.of(new float[] {-1, 1}, 2, 1).write(fake);

    Cli.run("metrics", "--real", stats, "--fake", fake, "--out", out).assertDone();

    // Mean 0 and variance 2 against 1 and 4.
    double root = Math.sqrt(2);
    assertThat(value(Cli.json(out).get("distances"), "fid"))
        .isCloseTo(1 + (2 - root) * (2 - root), within(1e-12));
  }

  private static double value(JsonNode distances, String metric) {
    return named(distances, metric).get("value").asDouble();
  }

  private static JsonNode named(JsonNode distances, String metric) {
    return StreamSupport.stream(distances.spliterator(), false)
        .filter(distance -> distance.get("metric").asText().equals(metric))
        .findFirst()
        .orElseThrow();
  }
}
