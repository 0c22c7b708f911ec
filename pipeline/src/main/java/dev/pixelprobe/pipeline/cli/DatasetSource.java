package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.Datasets;
import dev.pixelprobe.pipeline.data.Limits;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which data set. */
final class DatasetSource {
  private static final String DEFAULT = "shapes";

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "shapes (rendered, needs no files), cifar10, cifar100, stl10, tfrecord, parquet or"
              + " folders; default "
              + DEFAULT)
  private @Nullable String dataset;

  @Option(
      names = "--data",
      paramLabel = "DIR|gs://..",
      description = "folder that holds the data set's own folder, or that folder itself")
  private @Nullable String data;

  /** Whether the command line names one. */
  boolean isGiven() {
    return dataset != null || data != null;
  }

  DatasetPlan open(Limits limits) throws IOException {
    return Datasets.open(dataset == null ? DEFAULT : dataset, data, limits);
  }
}
