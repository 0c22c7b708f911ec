package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.distance.ImageSet;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The real images: a folder, an array, a data set, or only their statistics. */
final class ReferenceOptions {
  @Option(
      names = "--real",
      paramLabel = "DIR|X.npy|STATS.npz|gs://..",
      description =
          "PNG or JPEG files, TFRecord shards, or uint8 [N, H, W, 3]; or statistics of features by"
              + " the same extractor, as pytorch-fid saves them (mu, sigma)")
  private @Nullable Source real;

  @Mixin private DatasetOptions dataset = new DatasetOptions();

  @Option(
      names = "--split",
      paramLabel = "test|train",
      description = "which images of the data set; default test")
  private @Nullable Split split;

  @Mixin private DeadLetterOption deadLetters = new DeadLetterOption();

  /** The statistics file, if it is one. */
  @Nullable Source statistics() {
    boolean ofDataset = dataset.isGiven() || split != null;
    if (ofDataset == (real != null)) {
      throw new InvalidInputException(
          "fid: expected one of --real and --dataset NAME, got %s"
              .formatted(ofDataset ? "both; leave one out" : "neither; pass one"));
    }
    return real != null && StatisticsFile.isOne(real) ? real : null;
  }

  /** The images. */
  ImageSet images() throws IOException {
    return real == null
        ? ImageSet.of(dataset.open(), split == null ? Split.TEST : split, deadLetters.limit())
        : ImageSet.of(real.location());
  }
}
