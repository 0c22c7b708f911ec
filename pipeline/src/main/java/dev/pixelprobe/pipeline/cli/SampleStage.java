package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.results.Results;
import dev.pixelprobe.eval.results.RunPictures;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.distance.Draw;
import dev.pixelprobe.pipeline.distance.Extractor;
import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.sample.Png;
import dev.pixelprobe.pipeline.sample.SamplesInfo;
import dev.pixelprobe.pipeline.sample.Sampling;
import dev.pixelprobe.pipeline.storage.Filling;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The samples of a benchmark, and how far they are from its test images.
 *
 * @param extraction of the same model
 * @param extractors by which they are compared
 */
record SampleStage(Extraction extraction, Sampling sampling, List<Extractor> extractors) {
  private static final String FOLDER = "samples";

  SampleStage {
    extractors = List.copyOf(extractors);
  }

  /** Draws the samples into {@value #FOLDER} of a run. */
  Results.Samples draw(Filling run, PipelineOptions options) throws IOException {
    SamplesInfo info = SampleStep.draw(sampling, run.location(FOLDER), options);
    return new Results.Samples((int) info.count(), info.seconds(), FOLDER);
  }

  /**
   * Draws the lower halves of some test images, spread over all of them, into a folder of their
   * own, with the images beside them.
   */
  SamplesInfo complete(FeatureReader features, Filling run, PipelineOptions options)
      throws IOException {
    int images = (int) features.manifest().rows(Split.TEST);
    int count = Math.min(RunPictures.MOST_COMPLETIONS, images);
    List<Integer> rows =
        IntStream.range(0, count).map(i -> (int) ((long) i * images / count)).boxed().toList();
    List<RgbImage> real = features.images(Split.TEST, rows);
    SamplesInfo info =
        SampleStep.draw(sampling.completing(real), run.location(RunPictures.COMPLETIONS), options);
    Files.createDirectories(run.path().resolve(RunPictures.COMPLETIONS));
    for (int k = 0; k < count; k++) {
      Files.write(run.path().resolve(RunPictures.real(k)), Png.encode(real.get(k)));
    }
    return info;
  }

  /** All that the samples and their distances depend on besides model and images. */
  String described() {
    return "%d samples, %s, by %s"
        .formatted(
            sampling.count(),
            sampling.options(),
            extractors.stream().map(Extractor::label).toList());
  }

  /**
   * Compares what was drawn.
   *
   * @param features of the run: where they are an extractor's, no image is run again
   */
  List<Distance> distances(
      FeatureReader features,
      Filling run,
      ExtractionOptions extractionOptions,
      PipelineOptions options)
      throws IOException {
    String samples = run.location(FOLDER);
    Draw draw = new Draw(Draw.DEFAULT_FEATURES, sampling.options().seed());
    List<Distance> distances = new ArrayList<>();
    for (Extractor extractor : extractors) {
      SampleComparison comparison = new SampleComparison(extraction, extractor, draw);
      distances.addAll(comparison.distances(features, samples, extractionOptions, options));
    }
    return distances;
  }
}
