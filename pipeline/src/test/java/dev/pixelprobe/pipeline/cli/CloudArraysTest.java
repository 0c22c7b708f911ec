package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.TinyEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that take and give files: from Cloud Storage and to it as on a disk. */
@Tag("slow")
final class CloudArraysTest {
  private static final Path TINY =
      Path.of("../model/src/test/resources/golden/igpt-tiny-8px-openai");
  private static final Path METRICS = Path.of("../eval/src/test/resources/golden/metrics");

  @TempDir static Path dir;
  private static Cloud cloud;
  private static String model;

  @BeforeAll
  static void importModel() throws IOException {
    cloud = Cloud.start();
    cloud.put(TINY, "checkpoint");
    cloud.put(METRICS, "metrics");
    cloud.standIn().pageSize(3);
    cloud.standIn().refuseEvery(7);
    model = Cloud.uri("models/tiny");
    cloud.run("model", "import", "--from", Cloud.uri("checkpoint"), "--out", model).assertDone();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void anImportedModelIsTheOneThatIsImportedHere() {
    Path here = dir.resolve("model");
    Cli.run("model", "import", "--from", TINY, "--name", "checkpoint", "--out", here).assertDone();

    String expected = Cli.run("model", "inspect", here).assertDone().out();
    assertThat(cloud.run("model", "inspect", model).assertDone().out()).isEqualTo(expected);
  }

  @Test
  void featuresAndScoresAreThoseOfFilesHere() throws IOException {
    Path here = dir.resolve("features-model");
    Cli.run("model", "import", "--from", TINY, "--out", here).assertDone();
    Path tokens = TINY.resolve("tokens.npy");
    String inCloud = Cloud.uri("checkpoint/tokens.npy");

    Cli.run("features", "--model", here, "--tokens", tokens, "--out", dir.resolve("f.npy"))
        .assertDone();
    String features = Cloud.uri("out/f.npy");
    String said =
        cloud
            .run("features", "--model", model, "--tokens", inCloud, "--out", features)
            .assertDone()
            .out();
    assertThat(said).startsWith(features + ": float32");
    assertThat(cloud.get("out/f.npy")).isEqualTo(Files.readAllBytes(dir.resolve("f.npy")));

    Path logits = dir.resolve("logits.npy");
    Path scores = dir.resolve("scores.json");
    Cli.run("score", "--model", here, "--tokens", tokens, "--logits", logits, "--out", scores)
        .assertDone();
    cloud
        .run(
            "score",
            "--model",
            model,
            "--tokens",
            inCloud,
            "--logits",
            Cloud.uri("out/logits.npy"),
            "--out",
            Cloud.uri("out/scores.json"))
        .assertDone();
    assertThat(cloud.get("out/logits.npy")).isEqualTo(Files.readAllBytes(logits));
    assertThat(cloud.get("out/scores.json")).isEqualTo(Files.readAllBytes(scores));
  }

  @Test
  void metricsAndTheirStatisticsAreThoseOfFilesHere() throws IOException {
    Path out = dir.resolve("metrics.json");
    Path stats = dir.resolve("stats.npz");
    Cli.run(
            "metrics",
            "--real",
            METRICS.resolve("real.npy"),
            "--fake",
            METRICS.resolve("fake.npy"),
            "--save-stats",
            stats,
            "--out",
            out)
        .assertDone();
    cloud
        .run(
            "metrics",
            "--real",
            Cloud.uri("metrics/real.npy"),
            "--fake",
            Cloud.uri("metrics/fake.npy"),
            "--save-stats",
            Cloud.uri("out/stats.npz"),
            "--out",
            Cloud.uri("out/metrics.json"))
        .assertDone();
    assertThat(cloud.get("out/metrics.json")).isEqualTo(Files.readAllBytes(out));
    assertThat(cloud.get("out/stats.npz")).hasSameSizeAs(Files.readAllBytes(stats));
    cloud
        .run(
            "fid",
            "--real",
            Cloud.uri("out/stats.npz"),
            "--fake",
            Cloud.uri("out/stats.npz"),
            "--out",
            Cloud.uri("out/fid.json"))
        .assertDone();
    assertThat(cloud.below("out")).contains("fid.json");
  }

  @Test
  void aProbeOfArraysIsThatOfArraysHere() throws IOException {
    Path out = dir.resolve("probe.json");
    cloud.run(probe(Cloud.uri("metrics"), Cloud.uri("out/probe.json"))).assertDone();
    Cli.run(probe(METRICS.toString(), out.toString())).assertDone();
    assertThat(cloud.get("out/probe.json")).isEqualTo(Files.readAllBytes(out));
  }

  private static Object[] probe(String from, String out) {
    return new Object[] {
      "probe",
      "--train-x",
      from + "/train_x.npy",
      "--train-y",
      from + "/train_y.npy",
      "--test-x",
      from + "/test_x.npy",
      "--test-y",
      from + "/test_y.npy",
      "--c",
      "1",
      "--out",
      out
    };
  }

  @Test
  void anyOtherSavedModelIsRunFromThere() throws IOException {
    cloud.put(TinyEncoder.floats(dir.resolve("encoder")), "encoders/tiny");
    String encoder = Cloud.uri("encoders/tiny");
    String samples = Cloud.uri("encoder-samples");
    cloud.run("sample", "--model", "igpt-xs-16px", "--count", 3, "--out", samples).assertDone();
    assertThat(cloud.below("encoder-samples")).contains("sample-00002.png", "samples.json");
    cloud
        .run(
            "fid",
            "--extractor",
            encoder,
            "--image-size",
            4,
            "--tap",
            "mean",
            "--real",
            samples,
            "--fake",
            samples,
            "--out",
            Cloud.uri("out/encoder-fid.json"))
        .assertDone();
  }
}
