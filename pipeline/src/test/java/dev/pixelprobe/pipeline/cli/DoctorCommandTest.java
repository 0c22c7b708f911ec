package dev.pixelprobe.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import dev.pixelprobe.pipeline.fetch.FileServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DoctorCommandTest {
  private FileServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FileServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everySubjectHasItsLine() {
    String said = Cli.run("doctor").assertDone().out();

    assertThat(said.lines())
        .allMatch(line -> line.matches("(ok  |note|fail)  \\S+ +\\S.*"))
        .extracting(line -> line.substring(6).replaceFirst(" .*", ""))
        .containsSubsequence(
            "java",
            "memory",
            "disk",
            "disk",
            "disk",
            "cpu",
            "tensorflow",
            "openblas",
            "gpu",
            "cuda",
            "flink",
            "gs://");
    assertThat(said)
        .containsPattern("ok {4}tensorflow {2}2\\.18\\.0, natives for CPUs, devices CPU:0")
        .containsPattern("ok {4}flink {7}1\\.19\\.0 within pixelprobe");
  }

  @Test
  void aClusterSaysHowItIs() {
    cluster("1.19.2", 2, 8, 5);

    assertThat(flinkLine(doctor().assertDone()))
        .isEqualTo(
            "ok    flink       1.19.2 at %s, 2 task managers, 5 of 8 slots free"
                .formatted(address()));
  }

  @Test
  void theClusterMayStandAmongBeamsOptions() {
    cluster("1.19.2", 2, 8, 5);

    Outcome outcome = Cli.run("doctor", "--", "--runner=FlinkRunner", "--flinkMaster=" + address());

    assertThat(flinkLine(outcome.assertDone())).contains("5 of 8 slots free");
  }

  @Test
  void aClusterThatCanRunNothingIsNoted() {
    cluster("1.19.2", 0, 0, 0);
    assertThat(flinkLine(doctor().assertDone())).startsWith("note").contains("start task managers");

    cluster("1.20.0", 1, 4, 4);
    assertThat(flinkLine(doctor().assertDone())).startsWith("note").contains("for Flink 1.19");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{}", "[]", ""})
  void whatIsNotFlinkFails(String body) {
    server.with("/overview", FileServer.file(body.getBytes(UTF_8), null));

    Outcome outcome = doctor();

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(flinkLine(outcome)).startsWith("fail").contains("not Flink's REST interface");
  }

  @Test
  void aClusterThatDoesNotAnswerFails() {
    server.close();

    Outcome outcome = doctor();

    assertThat(outcome.code()).isEqualTo(3);
    assertThat(flinkLine(outcome)).startsWith("fail").contains(address() + " does not answer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "host:", ":8081", "host:port", "host:8081/x", "a b:8081"})
  void anAddressThatIsNoneIsRefused(String address) {
    Cli.run("doctor", "--flink", address).assertRefused(2, "--flink", "host:port", address);
  }

  @Test
  void embeddedFlinkHasNoAddress() {
    for (String master : List.of("[auto]", "[local]", "[collection]")) {
      assertThat(FlinkCheck.addressIn(List.of("--flinkMaster=" + master))).isEmpty();
    }
    assertThat(FlinkCheck.addressIn(List.of("--parallelism=2", "--flinkMaster=h:1")))
        .contains("h:1");
  }

  @Test
  void aDiskThatIsNotThereFails() {
    assertThat(DiskChecks.free("results", Path.of("/none/at/all"), 1, "do something").line())
        .isEqualTo("fail  disk        cannot write results in /none/at/all; do something");
  }

  @Test
  void aSmallDiskIsNoted() {
    assertThat(DiskChecks.free("results", Path.of("target"), Integer.MAX_VALUE, "go").line())
        .matches("note {2}disk {8}\\d+\\.\\d GiB free for results in target; go");
  }

  private void cluster(String version, int managers, int slots, int free) {
    String overview =
        """
        {"taskmanagers": %d, "slots-total": %d, "slots-available": %d, "jobs-running": 0,
         "flink-version": "%s", "flink-commit": "0"}
        """
            .formatted(managers, slots, free, version);
    server.with("/overview", FileServer.file(overview.getBytes(UTF_8), null));
  }

  private String address() {
    return server.uri("").getAuthority();
  }

  private Outcome doctor() {
    return Cli.run("doctor", "--flink", address());
  }

  private static String flinkLine(Outcome outcome) {
    return outcome.out().lines().filter(line -> line.contains(" flink ")).findFirst().orElseThrow();
  }
}
