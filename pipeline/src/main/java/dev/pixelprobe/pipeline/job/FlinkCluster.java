package dev.pixelprobe.pipeline.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.jspecify.annotations.Nullable;

/** A Flink cluster, as its REST interface presents it. */
final class FlinkCluster {
  private static final Duration TO_CONNECT = Duration.ofSeconds(3);
  private static final Duration TO_ANSWER = Duration.ofSeconds(10);
  private static final int USUAL_PORT = 8081;
  private static final Set<String> NO_RESTARTS = Set.of("none", "off", "disable");

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(TO_CONNECT).build();
  private final String address;
  private final String base;

  private FlinkCluster(String master) {
    address = master.replaceFirst("^https?://", "");
    String scheme = master.startsWith("https:") ? "https://" : "http://";
    base = scheme + (address.matches(".*:\\d+") ? address : address + ":" + USUAL_PORT);
  }

  /**
   * Where the options send a pipeline; empty for Flink embedded in this JVM and for other runners.
   */
  static Optional<FlinkCluster> of(FlinkPipelineOptions options) {
    String master = options.getFlinkMaster().strip();
    return options.getRunner() != FlinkRunner.class || master.startsWith("[")
        ? Optional.empty()
        : Optional.of(new FlinkCluster(master));
  }

  /** Task slots of all its TaskManagers. */
  int slots() throws IOException {
    JsonNode overview;
    try {
      overview = get("/overview");
    } catch (JacksonException e) {
      throw notFlink(e);
    } catch (IOException e) {
      throw new IOException(
          "%s: expected a Flink cluster, got no answer; start it, or correct --flinkMaster=HOST:PORT (REST, usually port 8081)"
              .formatted(this),
          e);
    }
    if (!overview.has("slots-total")) {
      throw notFlink(null);
    }
    return overview.get("slots-total").asInt();
  }

  private IOException notFlink(@Nullable Exception cause) {
    return new IOException(
        "%s: expected Flink's REST interface, got something else; correct --flinkMaster=HOST:PORT (usually port 8081)"
            .formatted(this),
        cause);
  }

  /** Whether it starts failed tasks again; a job cannot bring that along. */
  boolean restarts() throws IOException {
    for (JsonNode entry : get("/jobmanager/config")) {
      if (entry.path("key").asText().matches("restart-strategy(\\.type)?")) {
        return !NO_RESTARTS.contains(entry.path("value").asText());
      }
    }
    return false;
  }

  /** The job of this name that has not ended. */
  Optional<String> unfinished(String name) throws IOException {
    for (JsonNode job : get("/jobs/overview").path("jobs")) {
      if (job.path("name").asText().equals(name) && !hasEnded(job.path("state").asText())) {
        return Optional.of(job.path("jid").asText());
      }
    }
    return Optional.empty();
  }

  private static boolean hasEnded(String state) {
    return switch (state.toUpperCase(Locale.ROOT)) {
      case "FINISHED", "FAILED", "CANCELED" -> true;
      default -> false;
    };
  }

  /** Where a job's metric is found that a watch names; empty before there is one. */
  Optional<String> find(Watch watch, String job) throws IOException {
    for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
      if (watch.isIn(vertex.path("name").asText())) {
        String metrics =
            "/jobs/%s/vertices/%s/subtasks/metrics".formatted(job, vertex.path("id").asText());
        for (String metric : ids(get(metrics))) {
          if (watch.is(metric)) {
            return Optional.of(metrics + "?get=" + URLEncoder.encode(metric, UTF_8));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> ids(JsonNode metrics) {
    List<String> ids = new ArrayList<>();
    metrics.forEach(metric -> ids.add(metric.path("id").asText()));
    return ids;
  }

  /** The sum over all subtasks of a metric that {@link #find} found. */
  long sum(String metric) throws IOException {
    return get(metric).path(0).path("sum").asLong();
  }

  void cancel(String job) throws IOException {
    send(request("/jobs/" + job).method("PATCH", BodyPublishers.noBody()).build());
  }

  private JsonNode get(String path) throws IOException {
    return new JsonMapper().readTree(send(request(path).build()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(base + path)).timeout(TO_ANSWER);
  }

  private String send(HttpRequest request) throws IOException {
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while asking " + this);
    }
  }

  /** {@code Flink cluster host:port}. */
  @Override
  public String toString() {
    return "Flink cluster " + address;
  }
}
