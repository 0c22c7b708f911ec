package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.distance.Features;
import dev.pixelprobe.eval.distance.GenerativeMetrics;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the Inception Score is of. */
final class LogitsOptions {
  @Option(
      names = "--logits",
      paramLabel = "L.npy",
      description = "a classifier's logits of generated images [M, classes]: the Inception Score")
  private @Nullable Source logits;

  @Option(
      names = "--splits",
      paramLabel = "N",
      description =
          "of the Inception Score (default: 10, or as many as have 1,000 images each, at least 1)")
  private @Nullable Integer splits;

  /** The Inception Score, if there are logits. */
  List<Distance> score(GenerativeMetrics.Options options) throws IOException {
    if (logits == null) {
      refuseSplits();
      return List.of();
    }
    Features features = MetricsCommand.features(logits);
    if (splits != null && (splits < 1 || splits > features.rows())) {
      throw new InvalidInputException(
          "--splits: expected 1 to %d, the number of rows, got %d"
              .formatted(features.rows(), splits));
    }
    return List.of(GenerativeMetrics.inceptionScore(features, splits, options));
  }

  private void refuseSplits() {
    if (splits != null) {
      throw new InvalidInputException(
          "--splits: expected --logits beside it, got none; give the logits or leave it out");
    }
  }
}
