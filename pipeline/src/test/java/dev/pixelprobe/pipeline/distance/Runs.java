package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.eval.distance.FeatureSummary;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Summaries by this runner or that, without a cache. */
final class Runs {
  private Runs() {}

  static FeatureSummary direct(Summarizing summarizing) throws IOException {
    return summary(summarizing, DirectRunner.class, 2);
  }

  static FeatureSummary summary(
      Summarizing summarizing, Class<? extends PipelineRunner<?>> runner, int parallelism)
      throws IOException {
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"), "pixelprobe-summary");
    return Summaries.uncached(scratch.toString(), options(runner, parallelism))
        .of(summarizing)
        .summary();
  }

  static PipelineOptions options(Class<? extends PipelineRunner<?>> runner, int parallelism) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(runner);
    options.as(FlinkPipelineOptions.class).setParallelism(parallelism);
    return options;
  }
}
