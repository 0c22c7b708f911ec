package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.Datasets;
import dev.pixelprobe.pipeline.data.Limits;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which images. */
final class DatasetOptions {
  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      defaultValue = "shapes",
      description =
          "shapes (rendered, needs no files), cifar10, cifar100, stl10, tfrecord, parquet or"
              + " folders; default ${DEFAULT-VALUE}")
  private String dataset = "shapes";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder that holds the data set's own folder, or that folder itself")
  private @Nullable String data;

  @Option(
      names = "--limit-train",
      paramLabel = "N",
      description = "only the first N training images")
  private @Nullable Long limitTrain;

  @Option(names = "--limit-test", paramLabel = "N", description = "only the first N test images")
  private @Nullable Long limitTest;

  DatasetPlan open() throws IOException {
    Limits limits = Limits.NONE;
    limits = limitTrain == null ? limits : limits.withTrain(limitTrain);
    limits = limitTest == null ? limits : limits.withTest(limitTest);
    return Datasets.open(dataset, data, limits);
  }
}
