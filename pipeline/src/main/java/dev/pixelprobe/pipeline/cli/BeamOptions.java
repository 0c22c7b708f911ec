package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.job.ClusterSettings;
import dev.pixelprobe.pipeline.storage.CloudAccess;
import java.io.IOException;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Beam's options: what follows {@code --}, on top of an embedded Flink that uses every core. */
final class BeamOptions {
  private BeamOptions() {}

  static PipelineOptions of(List<String> arguments) throws IOException {
    try {
      PipelineOptions options = parsed(arguments);
      if (arguments.stream().noneMatch(argument -> argument.startsWith("--runner"))) {
        options.setRunner(FlinkRunner.class);
      }
      FlinkPipelineOptions flink = options.as(FlinkPipelineOptions.class);
      if (flink.getParallelism() < 1 && isEmbedded(flink)) {
        flink.setParallelism(Runtime.getRuntime().availableProcessors());
      }
      flink.setObjectReuse(true);
      ClusterSettings.complete(flink, arguments)
          .ifPresent(warning -> System.err.println("warning: " + warning));
      FileSystems.setDefaultPipelineOptions(options);
      return options;
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
  }

  /** Lets this process reach files wherever these options say, though no pipeline may run. */
  static void reachFiles(List<String> arguments) {
    try {
      FileSystems.setDefaultPipelineOptions(parsed(arguments));
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
  }

  private static PipelineOptions parsed(List<String> arguments) {
    PipelineOptions options =
        PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).create();
    CloudAccess.complete(options, System.getenv());
    return options;
  }

  private static InvalidInputException refused(IllegalArgumentException e) {
    return new InvalidInputException(
        "options after --: %s; see Apache Beam's pipeline options"
            .formatted(String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
        e);
  }

  /** Whether the workers are threads of this process. */
  static boolean isEmbedded(PipelineOptions options) {
    return options.as(FlinkPipelineOptions.class).getFlinkMaster().startsWith("[");
  }
}
