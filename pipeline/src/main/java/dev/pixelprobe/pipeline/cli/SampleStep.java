package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.sample.SamplesInfo;
import dev.pixelprobe.pipeline.sample.Sampling;
import java.io.IOException;
import java.util.OptionalLong;
import org.apache.beam.sdk.options.PipelineOptions;

/** Sampling as the user sees it: with progress. */
final class SampleStep {
  private SampleStep() {}

  /** Draws into an empty folder. */
  static SamplesInfo draw(Sampling sampling, String location, PipelineOptions options)
      throws IOException {
    LiveCounts.TOKENS.reset();
    OptionalLong tokens = OptionalLong.of(sampling.tokens());
    try (ProgressLine progress =
        new ProgressLine("sample", "tokens", tokens, LiveCounts.TOKENS::sum)) {
      return sampling.writeTo(location, options);
    }
  }
}
