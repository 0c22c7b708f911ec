package dev.pixelprobe.pipeline.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.flink.api.java.ExecutionEnvironment;
import org.apache.flink.client.program.ContextEnvironment;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.core.execution.PipelineExecutorServiceLoader;

/**
 * The program inside a Flink application cluster, in the JobManager's own process. There it must
 * not end the process, or Kubernetes starts it again: it returns when all went well and throws when
 * not.
 *
 * <p>The Flink Kubernetes Operator gives the application one job id. Flink takes a second job of
 * that id for the first one, recovered, and does not run it. A benchmark is several jobs: the first
 * bears the id, the others get their own.
 */
@SuppressWarnings("deprecation") // Beam's batch pipelines still are DataSet programs
public final class FlinkApplication {
  private FlinkApplication() {}

  public static void main(String[] args) {
    letLaterJobsHaveTheirOwnIds();
    int code = Main.run(args);
    if (code != 0) {
      throw new IllegalStateException("pixelprobe ended with exit code " + code);
    }
  }

  private static void letLaterJobsHaveTheirOwnIds() {
    ExecutionEnvironment context = ExecutionEnvironment.getExecutionEnvironment();
    Configuration configuration = new Configuration(context.getConfiguration());
    ClassLoader classes = context.getUserCodeClassLoader();
    PipelineExecutorServiceLoader executors = new OneFixedId(context.getExecutorServiceLoader());
    ContextEnvironment.setAsContext(executors, configuration, classes, false, false);
    StreamContextEnvironment.setAsContext(executors, configuration, classes, false, false);
  }

  /** Flink's own executors, told of the fixed job id once. */
  private record OneFixedId(PipelineExecutorServiceLoader executors, AtomicBoolean spent)
      implements PipelineExecutorServiceLoader {
    OneFixedId(PipelineExecutorServiceLoader executors) {
      this(executors, new AtomicBoolean());
    }

    @Override
    public PipelineExecutorFactory getExecutorFactory(Configuration configuration)
        throws Exception {
      return new Factory(executors.getExecutorFactory(configuration), spent);
    }

    @Override
    public Stream<String> getExecutorNames() {
      return executors.getExecutorNames();
    }
  }

  private record Factory(PipelineExecutorFactory factory, AtomicBoolean spent)
      implements PipelineExecutorFactory {
    @Override
    public String getName() {
      return factory.getName();
    }

    @Override
    public boolean isCompatibleWith(Configuration configuration) {
      return factory.isCompatibleWith(configuration);
    }

    @Override
    public PipelineExecutor getExecutor(Configuration configuration) {
      PipelineExecutor executor = factory.getExecutor(configuration);
      return (pipeline, jobConfiguration, classes) -> {
        Configuration own = new Configuration(jobConfiguration);
        if (spent.getAndSet(true)) {
          own.removeConfig(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID);
        }
        return executor.execute(pipeline, own, classes);
      };
    }
  }
}
