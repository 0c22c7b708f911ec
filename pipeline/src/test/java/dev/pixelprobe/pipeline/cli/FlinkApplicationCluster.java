package dev.pixelprobe.pipeline.cli;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.client.program.ContextEnvironment;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient.JobFinalizationBehavior;

/**
 * Calls {@link FlinkApplication} as an application cluster under the Flink Kubernetes Operator
 * does: in Flink's own context, with one job id for the application. It prints the id of each job,
 * and how the program ended.
 */
final class FlinkApplicationCluster {
  static final JobID FIXED = new JobID(0x1234, 0x5678);

  private FlinkApplicationCluster() {}

  public static void main(String[] args) throws Exception {
    MiniClusterConfiguration two =
        new MiniClusterConfiguration.Builder().setNumSlotsPerTaskManager(2).build();
    try (MiniCluster cluster = new MiniCluster(two)) {
      cluster.start();
      Configuration configuration = new Configuration();
      configuration.set(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, FIXED.toHexString());
      configuration.set(DeploymentOptions.TARGET, "cluster-of-this-process");
      configuration.set(DeploymentOptions.ATTACHED, true);
      ClassLoader classes = FlinkApplicationCluster.class.getClassLoader();
      PipelineExecutorServiceLoader executors = new Executors(cluster);
      ContextEnvironment.setAsContext(executors, configuration, classes, false, false);
      StreamContextEnvironment.setAsContext(executors, configuration, classes, false, false);
      FlinkApplication.main(args);
      System.out.println("returned");
    } catch (IllegalStateException e) {
      System.out.println("threw: " + e.getMessage());
    }
    System.exit(0);
  }

  private record Executors(MiniCluster cluster) implements PipelineExecutorServiceLoader {
    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration configuration) {
      return new Factory(cluster);
    }

    @Override
    public Stream<String> getExecutorNames() {
      return Stream.of("cluster-of-this-process");
    }
  }

  private record Factory(MiniCluster cluster) implements PipelineExecutorFactory {
    @Override
    public String getName() {
      return "cluster-of-this-process";
    }

    @Override
    public boolean isCompatibleWith(Configuration configuration) {
      return true;
    }

    @Override
    public PipelineExecutor getExecutor(Configuration configuration) {
      return (pipeline, jobConfiguration, classes) -> {
        JobGraph graph = PipelineExecutorUtils.getJobGraph(pipeline, jobConfiguration, classes);
        graph.setClasspaths(List.of());
        System.out.println("job " + graph.getJobID());
        cluster.submitJob(graph).get();
        return CompletableFuture.completedFuture(
            new MiniClusterJobClient(
                graph.getJobID(), cluster, classes, JobFinalizationBehavior.NOTHING));
      };
    }
  }
}
