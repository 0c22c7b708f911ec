package dev.pixelprobe.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A suite whose file, model, data, runs and summary lie in Cloud Storage. */
@Tag("slow")
final class CloudSuiteTest {
  @TempDir private Path dir;

  @Test
  void aSuiteIsResumedThereAndReported() throws IOException {
    try (Cloud cloud = Cloud.start()) {
      cloud.put(TinyModel.write(dir.resolve("model")), "model");
      cloud.put(CifarFiles.write(dir.resolve("data"), 20, 12, 3), "data");
      Path suite = dir.resolve("nightly.yaml");
      Files.writeString(
          suite,
          """
          models: ["gs://bucket/model"]
          datasets:
            - {dataset: cifar10, data: "gs://bucket/data"}
            - {name: later, dataset: cifar10, data: "gs://bucket/later"}
          layers: ["0,1"]
          probes: [{c: 1}]
          samples: [3]
          """);
      cloud.put(suite, "nightly.yaml");

      Outcome first = run(cloud);
      assertThat(first.code()).as("%s", first.err()).isEqualTo(1);
      cloud.put(dir.resolve("data"), "later");
      Outcome resumed = run(cloud, "--resume");

      assertThat(resumed.code()).as("%s", resumed.err()).isZero();
      assertThat(resumed.out()).contains("\n   1  ").contains(" (done)\n").contains("2 of 2 cells");
      JsonNode summary = Cli.json(cloud.get("out", dir.resolve("out")).resolve("summary.json"));
      assertThat(summary.get("failed").asInt()).isZero();
      for (JsonNode cell : summary.get("cells")) {
        assertThat(cloud.below("runs/" + cell.get("run").asText()))
            .contains("results.json", "report.html", "samples/contact-sheet.png", "nats.csv")
            .contains("completions/real-00000.png", "completions/sample-00000.png");
        String page = "runs/" + cell.get("run").asText() + "/report.html";
        assertThat(new String(cloud.get(page), UTF_8)).contains("data:image/png");
      }
      assertThat(cloud.below("runs")).noneMatch(name -> name.startsWith("."));
      cloud.run("report", "--runs", Cloud.uri("runs"), "--out", Cloud.uri("site")).assertDone();
      assertThat(cloud.below("site")).contains("index.html");
    }
  }

  private static Outcome run(Cloud cloud, String... more) {
    Object[] call = {
      "run",
      "--config",
      Cloud.uri("nightly.yaml"),
      "--runs",
      Cloud.uri("runs"),
      "--summary",
      Cloud.uri("out/summary.json")
    };
    Object[] all = new Object[call.length + more.length];
    System.arraycopy(call, 0, all, 0, call.length);
    System.arraycopy(more, 0, all, call.length, more.length);
    return cloud.run(all);
  }
}
