package dev.pixelprobe.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ClusterSettingsTest {
  private static final String JAR = "--filesToStage=job.jar";

  private FakeFlink flink;

  @BeforeEach
  void start() throws IOException {
    flink = FakeFlink.start().with("/overview", "{\"slots-total\": 6}");
    flink.with(
        "/jobmanager/config", "[{\"key\": \"restart-strategy.type\", \"value\": \"fixed-delay\"}]");
  }

  @AfterEach
  void stop() {
    flink.close();
  }

  private FlinkPipelineOptions options(String... typed) {
    FlinkPipelineOptions options =
        PipelineOptionsFactory.fromArgs(typed).as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster(flink.address());
    return options;
  }

  @Test
  void aJobTakesEverySlotAndKeepsItsShuffles() throws IOException {
    FlinkPipelineOptions options = options(JAR);

    assertThat(ClusterSettings.complete(options, List.of(JAR))).isEmpty();

    assertThat(options.getParallelism()).isEqualTo(6);
    assertThat(options.getExecutionModeForBatch()).isEqualTo("BATCH");
    assertThat(options.getFilesToStage()).containsExactly("job.jar");
  }

  @Test
  void whatWasTypedIsLeftAsItIs() throws IOException {
    String[] typed = {JAR, "--parallelism=2", "--executionModeForBatch=PIPELINED", "--jobName=x"};
    FlinkPipelineOptions options = options(typed);

    assertThat(ClusterSettings.complete(options, List.of(typed))).isEmpty();

    assertThat(options.getParallelism()).isEqualTo(2);
    assertThat(options.getExecutionModeForBatch()).isEqualTo("PIPELINED");
    assertThat(options.getJobName()).isEqualTo("x");
  }

  @Test
  void aClusterThatRestartsNothingIsWorthAWarning() throws IOException {
    flink.with("/jobmanager/config", "[]");

    assertThat(ClusterSettings.complete(options(JAR), List.of(JAR)))
        .get()
        .asString()
        .startsWith("Flink cluster " + flink.address())
        .contains("restart-strategy.type");
  }
}
