package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.eval.distance.GenerativeMetrics;
import dev.pixelprobe.eval.results.Results;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.distance.Draw;
import dev.pixelprobe.pipeline.distance.Extractor;
import dev.pixelprobe.pipeline.distance.ImageSet;
import dev.pixelprobe.pipeline.distance.Summaries;
import dev.pixelprobe.pipeline.distance.Summarizing;
import dev.pixelprobe.pipeline.extract.BatchSize;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.sample.SamplesInfo;
import dev.pixelprobe.pipeline.sample.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The samples of a benchmark, and how far they are from its test images by a layer of the model
 * itself.
 *
 * @param extractor one of the columns of the feature set
 * @param batchSize of the extraction
 */
record SampleStage(Sampling sampling, Extractor extractor, BatchSize batchSize) {
  private static final String FOLDER = "samples";

  /** Draws the samples into {@value #FOLDER} of a run. */
  Results.Samples draw(Path runDir, PipelineOptions options) throws IOException {
    Path folder = Files.createDirectory(runDir.resolve(FOLDER));
    SamplesInfo info = SampleStep.draw(sampling, folder, options);
    return new Results.Samples((int) info.count(), info.seconds(), FOLDER);
  }

  /**
   * Compares what was drawn.
   *
   * @param features of the run: those of the test images are taken from there
   */
  List<Distance> distances(FeatureReader features, Path runDir, PipelineOptions options)
      throws IOException {
    long seed = sampling.options().seed();
    Draw draw = new Draw(Draw.DEFAULT_FEATURES, seed);
    List<String> column = List.of(extractor.column().name());
    FeatureSummary real = draw.summarize("test images", features.features(Split.TEST, column));
    Path folder = runDir.resolve(FOLDER);
    FeatureSummary drawn =
        SummaryStep.run(
            "distances",
            Summaries.uncached(folder, options),
            new Summarizing(ImageSet.of(folder), extractor, draw, batchSize));
    return GenerativeMetrics.between(
        real, drawn, new GenerativeMetrics.Options(extractor.label(), seed));
  }
}
