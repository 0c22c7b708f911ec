package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.benchmark.FeatureSets;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.features.FeatureReader;
import java.io.IOException;
import java.util.OptionalLong;

/** Extraction as the user sees it: from the cache, or with progress. */
final class ExtractionStep {
  private ExtractionStep() {}

  /** Puts the feature set into a folder that is not there yet, and opens it there. */
  static FeatureReader place(FeatureSets sets, Extraction extraction, String location)
      throws IOException {
    if (sets.has(extraction)) {
      System.err.printf(
          "features: found in the cache (%s), extraction skipped%n",
          extraction.digest().substring(0, 12));
      sets.place(extraction, location);
    } else {
      LiveCounts.IMAGES.reset();
      try (ProgressLine progress =
          new ProgressLine("features", "images", images(extraction), LiveCounts.IMAGES::sum)) {
        sets.place(extraction, location);
      }
    }
    return FeatureReader.open(location);
  }

  private static OptionalLong images(Extraction extraction) {
    OptionalLong train = extraction.dataset().count(Split.TRAIN);
    OptionalLong test = extraction.dataset().count(Split.TEST);
    return train.isPresent() && test.isPresent()
        ? OptionalLong.of(train.getAsLong() + test.getAsLong())
        : OptionalLong.empty();
  }
}
