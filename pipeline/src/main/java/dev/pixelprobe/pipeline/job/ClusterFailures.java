package dev.pixelprobe.pipeline.job;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.util.SerializedThrowable;

/** Tells failures of a cluster from those of a job: the former are the environment's. */
final class ClusterFailures {
  private static final int MAX_CAUSES = 50;

  /** Of a client that asks in vain, or asks another JobManager than it sent the job to. */
  private static final List<String> GONE =
      List.of(
          "ConnectException",
          "ConnectTimeoutException",
          "UnknownHostException",
          "ConnectionClosedException",
          "RetryException",
          "FlinkJobNotFoundException");

  /** Of tasks whose TaskManager went away. */
  private static final List<String> LOST =
      List.of(
          "RemoteTransportException",
          "LocalTransportException",
          "PartitionConnectionException",
          "PartitionNotFoundException",
          "JobMasterException",
          "TimeoutException");

  private ClusterFailures() {}

  /** The failure as one line if it is the cluster's; the job's own are left alone. */
  static IOException told(RuntimeException failure, FlinkCluster cluster, int parallelism) {
    List<String> names = causes(failure).map(ClusterFailures::name).toList();
    return line(names, cluster, parallelism)
        .map(line -> new IOException(line, failure))
        .orElseThrow(() -> failure);
  }

  private static Optional<String> line(List<String> names, FlinkCluster cluster, int parallelism) {
    if (names.contains("InvalidInputException")) {
      return Optional.empty();
    }
    if (names.contains("NoResourceAvailableException")) {
      return Optional.of(
          "%s: expected %d free slots, got fewer for too long; start TaskManagers, or pass a smaller --parallelism"
              .formatted(cluster, parallelism));
    }
    if (names.contains("JobCancellationException")) {
      return Optional.of(cluster + ": the job was cancelled there");
    }
    if (names.stream().anyMatch(GONE::contains)) {
      return Optional.of(
          cluster + ": no longer answers, or has lost the job; see its logs, then run again");
    }
    if (names.stream().anyMatch(LOST::contains)) {
      return Optional.of(
          cluster + ": TaskManagers were lost once too often; see its logs, then run again");
    }
    return Optional.empty();
  }

  private static String name(Throwable cause) {
    String name =
        cause instanceof SerializedThrowable serialized
            ? serialized.getOriginalErrorClassName()
            : cause.getClass().getName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
  }
}
