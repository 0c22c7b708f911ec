package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.Limits;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which images. */
final class DatasetOptions {
  @Mixin private DatasetSource source = new DatasetSource();

  @Option(
      names = "--limit-train",
      paramLabel = "N",
      description = "only the first N training images")
  private @Nullable Long limitTrain;

  @Option(names = "--limit-test", paramLabel = "N", description = "only the first N test images")
  private @Nullable Long limitTest;

  /** Whether the command line says anything of them. */
  boolean isGiven() {
    return source.isGiven() || limitTrain != null || limitTest != null;
  }

  DatasetPlan open() throws IOException {
    Limits limits = Limits.NONE;
    limits = limitTrain == null ? limits : limits.withTrain(limitTrain);
    limits = limitTest == null ? limits : limits.withTest(limitTest);
    return source.open(limits);
  }
}
