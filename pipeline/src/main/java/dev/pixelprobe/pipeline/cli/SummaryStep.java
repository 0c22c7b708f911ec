package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.distance.Summaries;
import dev.pixelprobe.pipeline.distance.Summarizing;
import java.io.IOException;

/** Summaries of images as the user sees them come: from the cache, or with progress. */
final class SummaryStep {
  private SummaryStep() {}

  /**
   * One summary.
   *
   * @param task what the progress calls it
   */
  static FeatureSummary run(String task, Summaries summaries, Summarizing summarizing)
      throws IOException {
    Summarizing.Summarized summarized;
    if (summaries.has(summarizing)) {
      System.err.printf(
          "%s: found in the cache (%s), extraction skipped%n",
          task, summarizing.digest().substring(0, 12));
      summarized = summaries.of(summarizing);
    } else {
      LiveCounts.IMAGES.reset();
      try (ProgressLine progress =
          new ProgressLine(task, "images", summarizing.images().count(), LiveCounts.IMAGES::sum)) {
        summarized = summaries.of(summarizing);
      }
    }
    DeadLetterOption.warn(summarized.deadLetters());
    return summarized.summary();
  }
}
