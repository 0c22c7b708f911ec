package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.distance.Distances;
import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.eval.distance.Features;
import dev.pixelprobe.eval.distance.GenerativeMetrics;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How far generated images are from real ones, by features that come as arrays. */
@Command(
    name = "metrics",
    description =
        "Compare features of generated images with those of real ones: FID and its kin, KID,"
            + " precision, recall, density, coverage, Inception Score.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class MetricsCommand implements Callable<Integer> {
  @Option(
      names = "--real",
      paramLabel = "X.npy|STATS.npz",
      required = true,
      description =
          "features of real images [N, d], read as float32; or their statistics as pytorch-fid"
              + " saves them (mu, sigma): fid and fid_infinity only")
  private Source real;

  @Option(
      names = "--fake",
      paramLabel = "Y.npy",
      required = true,
      description = "features of generated images [M, d], by the same extractor")
  private Source fake;

  @Mixin private LogitsOptions logits = new LogitsOptions();

  @Option(
      names = "--extractor",
      paramLabel = "NAME",
      defaultValue = "arrays",
      description = "what made the features, for the results (default: ${DEFAULT-VALUE})")
  private String extractor;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "of subsets, shuffles and resamples (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--save-stats",
      paramLabel = "STATS.npz",
      description = "also write the real features' statistics, as pytorch-fid does")
  private @Nullable Target savedStats;

  @Option(names = "--out", paramLabel = "FILE.json", required = true, description = "the metrics")
  private Target out;

  @Override
  public Integer call() throws IOException {
    GenerativeMetrics.Options options = new GenerativeMetrics.Options(extractor, seed);
    FeatureSummary generated = FeatureSummary.of(features(fake));
    List<Distance> inceptionScore = logits.score(options);
    List<Distance> distances = new ArrayList<>();
    FeatureSummary reference = reference();
    distances.addAll(GenerativeMetrics.between(reference, generated, options));
    distances.addAll(inceptionScore);
    if (savedStats != null) {
      StatisticsFile.write(savedStats, reference.stats());
    }
    JsonOutput.write(out, new Distances(distances));
    System.out.print(DistancesTable.ofArrays(distances));
    return 0;
  }

  static Features features(Source file) throws IOException {
    NpyArray array = NpyArray.read(file.local());
    array.shape().require("(N, d)", "features " + file, "pass one row per image");
    return Features.of(
        file.toString(), Matrix.wrap(array.toFloats(), array.shape().dim(0), array.shape().dim(1)));
  }

  private FeatureSummary reference() throws IOException {
    if (!StatisticsFile.isOne(real)) {
      return FeatureSummary.of(features(real));
    }
    if (savedStats != null) {
      throw new InvalidInputException(
          "--save-stats: expected features in --real, got statistics; leave it out");
    }
    return FeatureSummary.of(real.toString(), StatisticsFile.read(real.local()));
  }
}
