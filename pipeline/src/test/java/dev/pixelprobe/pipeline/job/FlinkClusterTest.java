package dev.pixelprobe.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.pipeline.LiveCounts;
import java.io.IOException;
import java.util.Optional;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlinkClusterTest {
  private static final String JOBS =
      """
      {"jobs": [
        {"jid": "a", "name": "mine", "state": "FAILED"},
        {"jid": "b", "name": "another", "state": "RUNNING"},
        {"jid": "c", "name": "mine", "state": "RESTARTING"}]}
      """;
  private static final String METRICS = "/jobs/c/vertices/v2/subtasks/metrics";

  private FakeFlink flink;
  private FlinkCluster cluster;

  @BeforeEach
  void start() throws IOException {
    flink = FakeFlink.start();
    cluster = FlinkCluster.of(options(flink.address())).orElseThrow();
  }

  @AfterEach
  void stop() {
    flink.close();
  }

  private static FlinkPipelineOptions options(String master) {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster(master);
    return options;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"[auto]", "[local]", "[collection]"})
  void flinkWithinThisProcessIsNoCluster(String master) {
    assertThat(FlinkCluster.of(options(master))).isEmpty();
  }

  @Test
  void anotherRunnerKnowsNoCluster() {
    FlinkPipelineOptions options = options("localhost:1");
    options.setRunner(DirectRunner.class);

    assertThat(FlinkCluster.of(options)).isEmpty();
  }

  @Test
  void slotsAreThoseOfAllTaskManagers() throws IOException {
    flink.with("/overview", "{\"slots-total\": 6, \"slots-available\": 1}");

    assertThat(cluster.slots()).isEqualTo(6);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"{}", "<html>", "[]"})
  void whatIsNotFlinkIsRefused(String answer) {
    flink.with("/overview", answer);

    assertThatThrownBy(cluster::slots)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(flink.address())
        .hasMessageContaining("expected Flink's REST interface");
  }

  @Test
  void silenceIsRefused() {
    flink.close();

    assertThatThrownBy(cluster::slots)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Flink cluster " + flink.address() + ": ")
        .hasMessageContaining("no answer");
  }

  @ParameterizedTest(name = "{0}={1}: {2}")
  @CsvSource({
    "restart-strategy.type, exponential-delay, true",
    "restart-strategy, fixed-delay, true",
    "restart-strategy.type, none, false",
    "restart-strategy.fixed-delay.attempts, 3, false"
  })
  void aRestartStrategyIsAPartOfTheConfiguration(String key, String value, boolean restarts)
      throws IOException {
    flink.with(
        "/jobmanager/config", "[{\"key\": \"%s\", \"value\": \"%s\"}]".formatted(key, value));

    assertThat(cluster.restarts()).isEqualTo(restarts);
  }

  @Test
  void aJobIsFoundByItsNameUnlessItHasEnded() throws IOException {
    flink.with("/jobs/overview", JOBS);

    assertThat(cluster.unfinished("mine")).contains("c");
    assertThat(cluster.unfinished("nobody's")).isEmpty();
  }

  @Test
  void progressIsTheSumOverTheSubtasksOfTheWatchedStep() throws IOException {
    String metric = "FlatMap_(FlatMap_at_E/Extract/ParMultiDo(Extract)).numRecordsOut";
    flink
        .with(
            "/jobs/c",
            """
            {"vertices": [{"id": "v1", "name": "Read"},
                          {"id": "v2", "name": "CHAIN Group -> FlatMap (FlatMap at E/ParMultiDo(Extract))"}]}
            """)
        .with(
            METRICS,
            """
            [{"id": "numRecordsOut"},
             {"id": "FlatMap_(FlatMap_at_E/Extract/ParMultiDo(Extract)_output).numRecordsOut"},
             {"id": "FlatMap_(FlatMap_at_E/Extract/ParMultiDo(Extract)).numRecordsIn"},
             {"id": "%s"}]
            """
                .formatted(metric))
        .with(
            METRICS + "?get=" + metric.replace("(", "%28").replace(")", "%29").replace("/", "%2F"),
            "[{\"id\": \"x\", \"min\": 1, \"max\": 9, \"sum\": 96.0}]");

    Optional<String> found = cluster.find(Watch.outputs(LiveCounts.IMAGES, "Extract"), "c");

    assertThat(cluster.sum(found.orElseThrow())).isEqualTo(96);
    assertThat(cluster.find(Watch.outputs(LiveCounts.IMAGES, "Encode"), "c")).isEmpty();
  }

  @Test
  void aStepOfSeveralOutputsIsFoundToo() throws IOException {
    flink
        .with(
            "/jobs/c",
            """
            {"vertices": [{"id": "v1", "name": "FlatMap (FlatMap at E/Extract.out0)"},
                          {"id": "v2", "name": "CHAIN Group -> FlatMap (FlatMap at E/Extract)"}]}
            """)
        .with(METRICS, "[{\"id\": \"FlatMap_(FlatMap_at_E/Extract).numRecordsOut\"}]");

    assertThat(cluster.find(Watch.outputs(LiveCounts.IMAGES, "Extract"), "c")).isPresent();
  }

  @Test
  void aJobIsCancelledByItsNumber() throws IOException {
    cluster.cancel("c");

    assertThat(flink.requests()).containsExactly("PATCH /jobs/c");
  }
}
