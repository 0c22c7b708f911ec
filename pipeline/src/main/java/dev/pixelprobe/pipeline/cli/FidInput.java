package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.distance.Extractor;
import dev.pixelprobe.pipeline.distance.Summaries;
import dev.pixelprobe.pipeline.distance.Summarizing;
import dev.pixelprobe.pipeline.storage.Source;
import java.io.IOException;

/** One side of a comparison: looked at, but no image run through the model yet. */
@FunctionalInterface
interface FidInput {
  FeatureSummary summarize(Summaries summaries) throws IOException;

  /** Statistics at hand. */
  static FidInput of(FeatureSummary summary) {
    return summaries -> summary;
  }

  /**
   * Images.
   *
   * @param task what the progress calls them
   */
  static FidInput of(String task, Summarizing summarizing) {
    return summaries -> SummaryStep.run(task, summaries, summarizing);
  }

  static FeatureSummary statistics(Source file) throws IOException {
    return FeatureSummary.of(file.toString(), StatisticsFile.read(file.local()));
  }

  /**
   * Statistics of features that this extractor is said to have made.
   *
   * @throws InvalidInputException if their width is not the extractor's
   */
  static FeatureSummary statistics(Source file, Extractor extractor) throws IOException {
    FeatureSummary summary = statistics(file);
    if (summary.width() != extractor.column().dim()) {
      throw new InvalidInputException(
          "%s: expected statistics of %d features as %s has, got %d; pass those of the same extractor"
              .formatted(file, extractor.column().dim(), extractor.name(), summary.width()));
    }
    return summary;
  }
}
