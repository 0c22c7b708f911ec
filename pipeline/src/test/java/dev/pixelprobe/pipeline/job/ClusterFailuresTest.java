package dev.pixelprobe.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.flink.runtime.client.JobCancellationException;
import org.apache.flink.runtime.jobmanager.scheduler.NoResourceAvailableException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class ClusterFailuresTest {
  private static final FlinkCluster CLUSTER = cluster();

  private static FlinkCluster cluster() {
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("host:8081");
    return FlinkCluster.of(options).orElseThrow();
  }

  private static Stream<Arguments> ofTheCluster() {
    return Stream.of(
        Arguments.of(new ConnectException("refused"), "no longer answers"),
        Arguments.of(new NoResourceAvailableException("slots"), "expected 4 free slots"),
        Arguments.of(new JobCancellationException(null, "x", null), "was cancelled"),
        Arguments.of(
            new java.util.concurrent.TimeoutException("heartbeat"), "TaskManagers were lost"),
        Arguments.of(
            new SerializedThrowable(new java.util.concurrent.TimeoutException("heartbeat")),
            "TaskManagers were lost"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ofTheCluster")
  void aFailureOfTheClusterIsOneLineThatNamesIt(Exception cause, String part) {
    IOException told = ClusterFailures.told(new RuntimeException("job", cause), CLUSTER, 4);

    assertThat(told).hasMessageStartingWith("Flink cluster host:8081: ").hasMessageContaining(part);
  }

  @Test
  void aFailureOfTheJobIsLeftAlone() {
    RuntimeException bug = new IllegalStateException("ours");

    assertThatThrownBy(() -> ClusterFailures.told(bug, CLUSTER, 4)).isSameAs(bug);
  }

  @Test
  void aUsersErrorIsNotHiddenByWhatItDidToTheCluster() {
    Exception users = new InvalidInputException("shard x: no");
    RuntimeException failure = new RuntimeException(new ConnectException().initCause(users));

    assertThatThrownBy(() -> ClusterFailures.told(failure, CLUSTER, 4)).isSameAs(failure);
  }
}
