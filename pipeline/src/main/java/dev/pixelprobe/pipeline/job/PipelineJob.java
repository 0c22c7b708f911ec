package dev.pixelprobe.pipeline.job;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;

/** Runs pipelines to their end, wherever their options send them. */
public final class PipelineJob {
  private static final int SUFFIX = 8;

  private PipelineJob() {}

  /**
   * Runs a pipeline and waits for its end. On a Flink cluster the job is cancelled if this program
   * is ended meanwhile.
   *
   * @param watches what to count on a cluster; an embedded run counts by itself
   * @throws IOException if the cluster is not there, goes away, or cannot run the job
   */
  public static PipelineResult run(Pipeline pipeline, Watch... watches) throws IOException {
    FlinkPipelineOptions options = pipeline.getOptions().as(FlinkPipelineOptions.class);
    Optional<FlinkCluster> cluster = FlinkCluster.of(options);
    return cluster.isPresent()
        ? runOn(cluster.get(), pipeline, options, List.of(watches))
        : finished(pipeline.run());
  }

  private static PipelineResult runOn(
      FlinkCluster cluster, Pipeline pipeline, FlinkPipelineOptions options, List<Watch> watches)
      throws IOException {
    String usual = options.getJobName();
    String name = usual + "-" + UUID.randomUUID().toString().substring(0, SUFFIX);
    options.setJobName(name);
    try (ClusterJob job = ClusterJob.watch(cluster, name, watches)) {
      PipelineResult result = finished(pipeline.run());
      watches.forEach(watch -> watch.count().set(result.metrics()));
      return result;
    } catch (RuntimeException e) {
      throw ClusterFailures.told(e, cluster, options.getParallelism());
    } finally {
      options.setJobName(usual);
    }
  }

  private static PipelineResult finished(PipelineResult result) {
    result.waitUntilFinish();
    return result;
  }
}
