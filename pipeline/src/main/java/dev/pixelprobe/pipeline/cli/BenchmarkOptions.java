package dev.pixelprobe.pipeline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What a benchmark measures: all flags of {@code run} but those that say where results go. */
@Command(sortOptions = false)
final class BenchmarkOptions {
  @Mixin private ExtractionOptions extraction = new ExtractionOptions();
  @Mixin private ProbeOptions probe = new ProbeOptions();
  @Mixin private SampleStageOptions samples = new SampleStageOptions();

  ExtractionOptions extraction() {
    return extraction;
  }

  ProbeOptions probe() {
    return probe;
  }

  SampleStageOptions samples() {
    return samples;
  }
}
