package dev.pixelprobe.pipeline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A cluster of the kit's, in a folder of its own. */
final class LocalCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path folder;
  private final String address;

  private LocalCluster(Path folder, String address) {
    this.folder = folder;
    this.address = address;
  }

  static LocalCluster start(Path folder, int taskManagers) throws Exception {
    List<String> out =
        Call.kit(folder, "start", "--taskmanagers", taskManagers, "--dir", folder.resolve("flink"))
            .assertDone()
            .out();
    return new LocalCluster(folder, out.get(out.size() - 1));
  }

  String address() {
    return address;
  }

  /** Lines of {@code status}. */
  List<String> status() throws Exception {
    return Call.kit(folder, "status", "--dir", folder.resolve("flink")).out();
  }

  List<Long> taskManagers() throws Exception {
    return processes("taskmanager-\\d+ (\\d+) \\d+ slots");
  }

  long jobManager() throws Exception {
    return processes("jobmanager (\\d+) .*").get(0);
  }

  private List<Long> processes(String line) throws Exception {
    return status().stream()
        .map(Pattern.compile(line)::matcher)
        .filter(Matcher::matches)
        .map(matcher -> Long.valueOf(matcher.group(1)))
        .toList();
  }

  void add() throws Exception {
    Call.kit(folder, "add", "--dir", folder.resolve("flink")).assertDone();
  }

  static void kill(long process) {
    assertThat(ProcessHandle.of(process).orElseThrow().destroyForcibly()).isTrue();
  }

  /** States of all jobs, the newest first. */
  List<String> jobs() throws IOException {
    return stream(get("/jobs/overview").path("jobs"))
        .sorted((a, b) -> Long.compare(b.get("start-time").asLong(), a.get("start-time").asLong()))
        .map(job -> job.get("state").asText())
        .toList();
  }

  /** Waits until images go through the model, in a call that must not end before. */
  void awaitExtraction(Call call) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (call.isAlive() && Instant.now().isBefore(end)) {
      if (isExtracting()) {
        return;
      }
      Thread.sleep(200);
    }
    assertThat(call.isAlive()).as("still running").isTrue();
    throw new AssertionError("no extraction within " + PATIENCE);
  }

  private boolean isExtracting() throws IOException {
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      if (job.path("state").asText().equals("RUNNING")) {
        return stream(get("/jobs/" + job.path("jid").asText()).path("vertices"))
            .filter(vertex -> vertex.path("name").asText().contains("/Extract)"))
            .anyMatch(vertex -> vertex.path("status").asText().equals("RUNNING"));
      }
    }
    return false;
  }

  private JsonNode get(String path) throws IOException {
    return new JsonMapper().readTree(URI.create("http://" + address + path).toURL());
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  @Override
  public void close() throws Exception {
    Call.kit(folder, "stop", "--dir", folder.resolve("flink")).assertDone();
  }
}
