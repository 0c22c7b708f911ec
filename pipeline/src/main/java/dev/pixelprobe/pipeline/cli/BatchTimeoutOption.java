package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.extract.ModelRunOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import picocli.CommandLine.Option;

/** How long the features of one batch may take. */
final class BatchTimeoutOption {
  @Option(
      names = "--batch-timeout",
      paramLabel = "SECONDS",
      defaultValue = "" + ModelRunOptions.USUAL_BATCH_TIMEOUT,
      description =
          "how long the features of one batch may take before the run fails; 0 for any; default"
              + " ${DEFAULT-VALUE}")
  private int seconds = ModelRunOptions.USUAL_BATCH_TIMEOUT;

  /** The same options, which now tell workers of this limit too. */
  PipelineOptions addTo(PipelineOptions options) {
    if (seconds < 0) {
      throw new InvalidInputException(
          "--batch-timeout: expected seconds, 0 or more, got " + seconds);
    }
    options.as(ModelRunOptions.class).setBatchTimeout(seconds);
    return options;
  }
}
