package dev.pixelprobe.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import dev.pixelprobe.pipeline.storage.standin.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A benchmark with everything in Cloud Storage, through refusals and cut connections. */
@Tag("slow")
final class CloudRunTest {
  private static final List<Object> RUN =
      List.of("run", "--dataset", "cifar10", "--c", "1e-2", "--samples", "4", "--no-cache");

  @TempDir static Path dir;
  private static Cloud cloud;
  private static Outcome outcome;

  @BeforeAll
  static void runTwice() throws IOException {
    Path model = TinyModel.write(dir.resolve("tiny"));
    Path data = CifarFiles.write(dir.resolve("data"), 30, 20, 3);
    Cli.run(run(data.toString(), model.toString(), dir.resolve("run").toString())).assertDone();
    cloud = Cloud.start();
    cloud.put(model, "models/tiny");
    cloud.put(data, "data");
    cloud.standIn().pageSize(2);
    cloud.standIn().refuseEvery(61);
    cloud.standIn().cutReads(3);
    outcome =
        cloud
            .run(run(Cloud.uri("data"), Cloud.uri("models/tiny"), Cloud.uri("runs/one")))
            .assertDone();
  }

  private static Object[] run(String data, String model, String out) {
    List<Object> arguments = new ArrayList<>(RUN);
    arguments.addAll(List.of("--data", data, "--model", model, "--out", out));
    return arguments.toArray();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  @Test
  void theResultsAreThoseOfTheSameRunHere() throws IOException {
    JsonNode here = Cli.json(dir.resolve("run/results.json"));
    JsonNode there = Cli.json(cloud.get("runs/one", dir.resolve("got")).resolve("results.json"));
    for (String part : List.of("probes", "best", "baselines", "generative", "dead_letters")) {
      assertThat(there.get(part)).as(part).isEqualTo(here.get(part));
    }
    assertThat(there.at("/provenance/model")).isEqualTo(here.at("/provenance/model"));
    assertThat(outcome.out()).endsWith("results: gs://bucket/runs/one/results.json\n");
  }

  @Test
  void theFolderHoldsTheSameFilesAndNoWorkIsLeft() throws IOException {
    try (Stream<Path> tree = Files.walk(dir.resolve("run"))) {
      Set<String> here =
          tree.filter(Files::isRegularFile)
              .map(file -> dir.resolve("run").relativize(file).toString())
              .filter(file -> !file.endsWith(".parquet"))
              .collect(Collectors.toSet());
      assertThat(cloud.below("runs/one").stream().filter(file -> !file.endsWith(".parquet")))
          .containsExactlyInAnyOrderElementsOf(here);
    }
    assertThat(cloud.below("runs")).allMatch(name -> name.startsWith("one/"));
  }

  @Test
  void theModelWasReadOnce() {
    List<String> read =
        cloud.standIn().requests().stream()
            .filter(Request::isMediaRead)
            .map(request -> String.join("/", request.path()))
            .filter(path -> path.contains("saved_model.pb"))
            .toList();
    assertThat(read.size()).as("refusals and cuts aside: %s", read).isBetween(1, 3);
  }

  @Test
  void theReportIsMadeFromItsSmallFilesAlone() throws IOException {
    int before = cloud.standIn().requests().size();
    cloud.run("report", "--runs", Cloud.uri("runs"), "--out", Cloud.uri("report")).assertDone();
    List<Request> asked = cloud.standIn().requests();
    assertThat(asked.subList(before, asked.size()).stream().filter(Request::isMediaRead))
        .noneMatch(request -> String.join("/", request.path()).contains("parquet"));
    String index = new String(cloud.get("report/index.html"), UTF_8);
    assertThat(index).contains("url=version-");
    String version = index.replaceAll("(?s).*?url=([^/]+)/.*", "$1");
    assertThat(cloud.below("report"))
        .contains(version + "/index.html", version + "/summary.json", version + "/runs/one.html");
    assertThat(new String(cloud.get("report/" + version + "/runs/one.html"), UTF_8))
        .contains("data:image/png");

    int first = cloud.standIn().requests().size();
    cloud.run("report", "--runs", Cloud.uri("runs"), "--out", Cloud.uri("report")).assertDone();
    assertThat(cloud.below("report"))
        .as("the version before is gone")
        .noneMatch(name -> name.startsWith(version));
    List<Request> again = cloud.standIn().requests();
    assertThat(again.subList(first, again.size()).stream().filter(Request::isMediaRead))
        .as("what is here already is not read again, but for the index")
        .allMatch(request -> String.join("/", request.path()).contains("index.html"));
  }
}
