package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.TinyModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong with Cloud Storage: one clear line, and nothing left there. */
final class CloudRefusalsTest {
  @TempDir static Path dir;
  private static Cloud cloud;

  @BeforeAll
  static void start() throws IOException {
    cloud = Cloud.start();
    cloud.put(TinyModel.write(dir.resolve("model")), "model");
    cloud.standIn().put(Cloud.BUCKET, "full/file", "kept".getBytes(StandardCharsets.UTF_8));
    cloud.standIn().put(Cloud.BUCKET, "text", "no array".getBytes(StandardCharsets.UTF_8));
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          model inspect gs:/bucket/model                          | gs:/bucket/model: expected gs://BUCKET/PATH
          model inspect gs://Bucket/model                         | gs://Bucket/model: expected gs://BUCKET/PATH
          model inspect gs://bucket/a//b                          | gs://bucket/a//b: expected gs://BUCKET/PATH
          run --out gs://bucket/../x                              | gs://bucket/../x: expected gs://BUCKET/PATH
          model inspect gs://bucket/none                          | gs://bucket/none: expected an object or a folder
          model inspect gs://elsewhere/model                      | gs://elsewhere/model: expected a bucket elsewhere
          run --model gs://bucket/none --out gs://bucket/r        | gs://bucket/none
          run --out gs://bucket/full                              | gs://bucket/full: expected a place with nothing in it
          run --out gs://bucket/text                              | gs://bucket/text: expected a place with nothing in it
          run --out gs://elsewhere/r                              | gs://elsewhere/r: expected a bucket elsewhere
          extract --out gs://bucket/full                          | gs://bucket/full
          sample --count 1 --out gs://bucket/full                 | gs://bucket/full
          report --runs gs://bucket/none --out gs://bucket/r      | gs://bucket/none
          report --runs gs://bucket/full --out gs://bucket/r      | gs://bucket/full: expected a folder of runs
          report --runs gs://bucket/full --out gs://bucket/full   | gs://bucket/full: expected nothing, or an older report
          features --tokens gs://bucket/text --out gs://bucket/f.npy | gs://bucket/text
          features --tokens gs://bucket/none --out gs://bucket/f.npy | gs://bucket/none
          probe --features-dir gs://bucket/none --out gs://bucket/r  | gs://bucket/none
          palette fit --out gs://bucket/full                      | gs://bucket/full: expected a file to write
          """)
  void theUserIsToldWhatToChange(String call, String says) {
    List<String> before = cloud.standIn().names(Cloud.BUCKET);
    cloud.run((Object[]) call.split(" ")).assertRefused(2, says);
    assertThat(cloud.standIn().names(Cloud.BUCKET)).isEqualTo(before);
  }

  @Test
  void aRunThatFailsLeavesNothingThere() {
    List<String> before = cloud.standIn().names(Cloud.BUCKET);
    cloud
        .run(
            "run",
            "--model",
            Cloud.uri("model"),
            "--limit-train",
            40,
            "--limit-test",
            20,
            "--samples",
            2,
            "--extractor",
            "inception",
            "--inception",
            Cloud.uri("text"),
            "--out",
            Cloud.uri("failed"))
        .assertRefused(2, "gs://bucket/text");
    assertThat(cloud.standIn().names(Cloud.BUCKET)).isEqualTo(before);
  }

  @Test
  void withoutCredentialsItSaysHowToGetThem() {
    Cli.run("model", "inspect", Cloud.uri("model"))
        .assertRefused(3, "expected Google credentials", "gcloud auth application-default login");
  }
}
