package dev.pixelprobe.pipeline.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** A Flink cluster, as its REST interface presents it. */
final class FlinkCheck {
  private static final Duration TO_CONNECT = Duration.ofSeconds(2);
  private static final Duration TO_ANSWER = Duration.ofSeconds(10);
  private static final Pattern ADDRESS =
      Pattern.compile("(https?://)?([^\\s/:?#@]+|\\[[0-9a-fA-F:]+\\]):\\d{1,5}");

  private static final String MASTER = "--flinkMaster=";

  private FlinkCheck() {}

  /** The cluster that Beam's arguments name; empty for Flink embedded in this JVM. */
  static Optional<String> addressIn(List<String> beamArguments) {
    return beamArguments.stream()
        .filter(argument -> argument.startsWith(MASTER))
        .map(argument -> argument.substring(MASTER.length()))
        .filter(master -> !master.startsWith("[auto") && !master.equals("[local]"))
        .filter(master -> !master.equals("[collection]"))
        .findFirst();
  }

  /**
   * Refuses what no cluster can be at.
   *
   * @param address {@code host:port}, a scheme before it or not
   */
  static void checkAddress(String address) {
    if (!ADDRESS.matcher(address).matches()) {
      throw new InvalidInputException(
          "--flink: expected host:port of Flink's REST interface, got " + address);
    }
  }

  /** Without a cluster. */
  static Finding embedded() {
    return Finding.ok(
        "flink",
        EnvironmentInformation.getVersion()
            + " within pixelprobe; ask about a cluster with --flink HOST:PORT");
  }

  /**
   * Asks a cluster how it is; waits two seconds for a connection, ten for the answer.
   *
   * @param address of the JobManager's REST interface
   */
  static Finding of(String address) {
    try {
      return found(address, overview(address));
    } catch (JacksonException e) {
      return noFlink(address);
    } catch (IOException e) {
      return Finding.fail(
          "flink",
          address + " does not answer",
          "start the cluster, open the port, or correct the address (REST, usually port 8081)");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.fail("flink", address + ": interrupted", "try again");
    }
  }

  private static JsonNode overview(String address) throws IOException, InterruptedException {
    String base = address.startsWith("http") ? address : "http://" + address;
    HttpClient client = HttpClient.newBuilder().connectTimeout(TO_CONNECT).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/overview")).timeout(TO_ANSWER).build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return new JsonMapper().readTree(response.body());
  }

  private static Finding found(String address, JsonNode overview) {
    String version = overview.path("flink-version").asText();
    if (version.isEmpty()) {
      return noFlink(address);
    }
    int managers = overview.path("taskmanagers").asInt();
    int slots = overview.path("slots-total").asInt();
    String found =
        "%s at %s, %d task managers, %d of %d slots free"
            .formatted(version, address, managers, overview.path("slots-available").asInt(), slots);
    String own = EnvironmentInformation.getVersion();
    if (!minor(version).equals(minor(own))) {
      return Finding.note("flink", found, "pixelprobe is built for Flink " + minor(own));
    }
    return slots == 0
        ? Finding.note("flink", found, "start task managers, or no job will run")
        : Finding.ok("flink", found);
  }

  private static Finding noFlink(String address) {
    return Finding.fail(
        "flink",
        address + " answers, but is not Flink's REST interface",
        "give its address, usually port 8081");
  }

  private static String minor(String version) {
    return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }
}
