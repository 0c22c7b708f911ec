package dev.pixelprobe.pipeline.job;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;

/** What a batch job wants of a cluster. */
public final class ClusterSettings {
  private static final String BATCH = "BATCH";

  private ClusterSettings() {}

  /**
   * Completes the options if they name a cluster: as many parallel tasks as it has slots, this
   * program's own jars, and shuffles that are kept on disk, so that a lost TaskManager takes only
   * its own work with it. What was typed is left as it is.
   *
   * @param typed Beam's arguments
   * @return what the user should know of the cluster before the job is sent
   * @throws IOException if there is no cluster, or nothing that it could run a job on
   */
  public static Optional<String> complete(FlinkPipelineOptions options, List<String> typed)
      throws IOException {
    Optional<FlinkCluster> cluster = FlinkCluster.of(options);
    if (cluster.isEmpty()) {
      return Optional.empty();
    }
    int slots = cluster.get().slots();
    if (options.getParallelism() < 1) {
      options.setParallelism(parallelism(slots, cluster.get()));
    }
    if (absent(typed, "jobName")) {
      options.setJobName("pixelprobe");
    }
    if (absent(typed, "filesToStage")) {
      options.setFilesToStage(jars());
    }
    if (absent(typed, "executionModeForBatch")) {
      options.setExecutionModeForBatch(BATCH);
    }
    return cluster.get().restarts()
        ? Optional.empty()
        : Optional.of(
            cluster.get()
                + ": no restart strategy, so a lost TaskManager ends the job; set restart-strategy.type in its configuration");
  }

  private static boolean absent(List<String> typed, String option) {
    return typed.stream().noneMatch(argument -> argument.startsWith("--" + option + "="));
  }

  private static int parallelism(int slots, FlinkCluster cluster) throws IOException {
    if (slots < 1) {
      throw new IOException(
          "%s: expected task slots, got none; start TaskManagers, or pass --parallelism=N if it starts them on demand"
              .formatted(cluster));
    }
    return slots;
  }

  /** This program's own jars and those beside them; what a cluster has is laid out elsewhere. */
  private static List<String> jars() throws IOException {
    Path own = ownPlace();
    Path directory = own.getParent();
    if (!own.toString().endsWith(".jar") || directory == null) {
      throw new InvalidInputException(
          "--flinkMaster: expected the packaged program, got classes in %s; call ./pixelprobe"
              .formatted(own));
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(Path::toString).filter(name -> name.endsWith(".jar")).sorted().toList();
    }
  }

  private static Path ownPlace() {
    try {
      return Path.of(
          ClusterSettings.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
