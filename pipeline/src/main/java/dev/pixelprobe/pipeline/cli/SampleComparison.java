package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.eval.distance.GenerativeMetrics;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.distance.Draw;
import dev.pixelprobe.pipeline.distance.Extractor;
import dev.pixelprobe.pipeline.distance.ImageSet;
import dev.pixelprobe.pipeline.distance.PaletteFloor;
import dev.pixelprobe.pipeline.distance.Summaries;
import dev.pixelprobe.pipeline.distance.Summarizing;
import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.extract.FrozenImageGpt;
import dev.pixelprobe.pipeline.features.FeatureReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/** Samples of a benchmark's model against its test images, by one extractor. */
record SampleComparison(Extraction extraction, Extractor extractor, Draw draw) {
  /**
   * The distances.
   *
   * @param features of the benchmark
   * @param samples their folder
   */
  List<Distance> distances(
      FeatureReader features,
      String samples,
      ExtractionOptions extractionOptions,
      PipelineOptions options)
      throws IOException {
    GenerativeMetrics.Options labels =
        new GenerativeMetrics.Options(extractor.label(), draw.seed());
    FeatureSummary drawn =
        SummaryStep.run(
            "generated", Summaries.uncached(samples, options), summarizing(ImageSet.of(samples)));
    if (extractor.model() instanceof FrozenImageGpt) {
      return GenerativeMetrics.between(atHand(features), drawn, labels);
    }
    Summaries summaries = extractionOptions.summaries(samples, options);
    Summarizing real =
        summarizing(ImageSet.of(extraction.dataset(), Split.TEST, extraction.deadLetterLimit()));
    List<Distance> distances =
        new ArrayList<>(
            GenerativeMetrics.between(SummaryStep.run("real", summaries, real), drawn, labels));
    distances.add(floor(summaries, real, labels));
    return distances;
  }

  private Summarizing summarizing(ImageSet images) {
    return new Summarizing(images, extractor, draw, extraction.batchSize());
  }

  /** A layer of the model itself is a column of the feature set. */
  private FeatureSummary atHand(FeatureReader features) throws IOException {
    List<String> column = List.of(extractor.column().name());
    return draw.summarize("test images", features.features(Split.TEST, column));
  }

  private Distance floor(Summaries summaries, Summarizing real, GenerativeMetrics.Options labels)
      throws IOException {
    FrozenImageGpt model = (FrozenImageGpt) extraction.model();
    PaletteFloor floor = PaletteFloor.of(model.modelDir());
    return floor.between(
        SummaryStep.run("resized", summaries, floor.resized(real)),
        SummaryStep.run("quantised", summaries, floor.quantized(real)),
        labels);
  }
}
