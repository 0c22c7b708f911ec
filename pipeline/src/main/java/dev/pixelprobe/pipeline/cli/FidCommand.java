package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.distance.Distances;
import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.eval.distance.GenerativeMetrics;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.distance.Draw;
import dev.pixelprobe.pipeline.distance.Extractor;
import dev.pixelprobe.pipeline.distance.ImageSet;
import dev.pixelprobe.pipeline.distance.Summaries;
import dev.pixelprobe.pipeline.distance.Summarizing;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** How far generated images are from real ones. */
@Command(
    name = "fid",
    description =
        "Compare generated images with real ones by the features of an extractor: Fréchet and"
            + " kernel distance, precision, recall, density, coverage.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class FidCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Spec private CommandSpec command;
  @Mixin private ReferenceOptions reference = new ReferenceOptions();

  @Option(
      names = "--fake",
      paramLabel = "DIR|X.npy|STATS.npz|gs://..",
      required = true,
      description = "generated images, or their statistics, likewise")
  private Source fake;

  @Mixin private ExtractorOptions extractors = new ExtractorOptions();
  @Mixin private PaletteFloorOption floor = new PaletteFloorOption();

  @Option(
      names = "--max-features",
      paramLabel = "N",
      description =
          "keep the features of N images per side at most, for all but the Fréchet distance itself;"
              + " default "
              + Draw.DEFAULT_FEATURES)
  private int maxFeatures = Draw.DEFAULT_FEATURES;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "of draws, subsets, shuffles and resamples; default ${DEFAULT-VALUE}")
  private long seed;

  @Mixin private BatchOption batch = new BatchOption();
  @Mixin private DeviceOptions device = new DeviceOptions();
  @Mixin private BatchTimeoutOption batchTimeout = new BatchTimeoutOption();

  @Option(names = "--no-cache", description = "run the model even if the cache has what it gave")
  private boolean noCache;

  @Option(
      names = "--save-stats",
      paramLabel = "STATS.npz",
      description = "also write the real images' statistics, as pytorch-fid does")
  private @Nullable Target savedStats;

  @Option(names = "--out", paramLabel = "FILE.json", required = true, description = "the distances")
  private Target out;

  @Override
  public Integer call() throws IOException {
    OutputFile.checked(out);
    device.forProcess();
    Source realStatistics = reference.statistics();
    ParseResult typed = command.commandLine().getParseResult();
    if (realStatistics == null) {
      compareImages(extractors.resolve(typed));
    } else {
      refuseWhatWantsImages();
      if (StatisticsFile.isOne(fake) && !extractors.isGiven()) {
        compareFiles(realStatistics);
      } else {
        compareStatistics(realStatistics, extractors.resolve(typed));
      }
    }
    return 0;
  }

  private void refuseWhatWantsImages() {
    if (savedStats != null || floor.isGiven()) {
      throw new InvalidInputException(
          "%s: expected images in --real, got statistics; leave it out"
              .formatted(savedStats != null ? "--save-stats" : PaletteFloorOption.FLAG));
    }
  }

  /** Two files, of which nobody says what made them. */
  private void compareFiles(Source realStatistics) throws IOException {
    FeatureSummary real = FidInput.statistics(realStatistics);
    FeatureSummary generated = FidInput.statistics(fake);
    GenerativeMetrics.Options options =
        new GenerativeMetrics.Options("statistics of unnamed features", seed);
    publish(GenerativeMetrics.between(real, generated, options), options);
  }

  private void compareStatistics(Source realStatistics, Extractor extractor) throws IOException {
    FeatureSummary real = FidInput.statistics(realStatistics, extractor);
    Summaries summaries = summaries(); // before images are looked for where its options say
    FidInput generated = generated(extractor);
    GenerativeMetrics.Options options = new GenerativeMetrics.Options(extractor.label(), seed);
    publish(GenerativeMetrics.between(real, generated.summarize(summaries), options), options);
  }

  private void compareImages(Extractor extractor) throws IOException {
    if (savedStats != null) {
      OutputFile.checked("--save-stats", savedStats);
    }
    floor.prepare(extractor);
    Summaries summaries = summaries();
    Summarizing ofReal = summarizing(reference.images(), extractor);
    FidInput generated = generated(extractor);
    FeatureSummary real = SummaryStep.run("real", summaries, ofReal);
    GenerativeMetrics.Options options = new GenerativeMetrics.Options(extractor.label(), seed);
    List<Distance> distances =
        new ArrayList<>(GenerativeMetrics.between(real, generated.summarize(summaries), options));
    distances.addAll(floor.distances(summaries, ofReal, options));
    if (savedStats != null) {
      StatisticsFile.write(savedStats, real.stats());
    }
    publish(distances, options);
  }

  private FidInput generated(Extractor extractor) throws IOException {
    return StatisticsFile.isOne(fake)
        ? FidInput.of(FidInput.statistics(fake, extractor))
        : FidInput.of("generated", summarizing(ImageSet.of(fake.location()), extractor));
  }

  private Summarizing summarizing(ImageSet images, Extractor extractor) {
    if (maxFeatures < 2) {
      throw new InvalidInputException("--max-features: expected 2 or more, got " + maxFeatures);
    }
    return new Summarizing(images, extractor, new Draw(maxFeatures, seed), batch.size());
  }

  private Summaries summaries() throws IOException {
    PipelineOptions options = batchTimeout.addTo(device.pipelineOptions(main.invocation()));
    return noCache
        ? Summaries.uncached(out.location(), options)
        : Summaries.cachedIn(UserCache.shared(), options);
  }

  private void publish(List<Distance> distances, GenerativeMetrics.Options options)
      throws IOException {
    JsonOutput.write(out, new Distances(distances));
    System.out.printf("%s%n", options.extractor());
    System.out.print(DistancesTable.of(distances));
  }
}
