package dev.pixelprobe.eval.distance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All metrics of one set of generated images, each with what a reader should know of it. */
public final class GenerativeMetrics {
  private static final int USUAL_SPLITS = 10;

  /**
   * What all of them have in common.
   *
   * @param extractor what made the features, for the results
   * @param seed of subsets, shuffles and resamples
   */
  public record Options(String extractor, long seed) {}

  private final Options options;
  private final int dim;
  private final @Nullable Integer nReal;
  private final int nFake;
  private final List<Distance> distances = new ArrayList<>();

  private GenerativeMetrics(Options options, int dim, @Nullable Integer nReal, int nFake) {
    this.options = options;
    this.dim = dim;
    this.nReal = nReal;
    this.nFake = nFake;
  }

  /**
   * What features of both sides tell: fid, fid_infinity, kid, precision, recall, density, coverage.
   * FID and KID have 95% intervals by {@link Bootstrap}: of what other images, as many, would have
   * given. How far FID is above that of endless images is no part of it; fid_infinity tells that.
   */
  public static List<Distance> between(FeaturePair pair, Options options) {
    GenerativeMetrics metrics =
        new GenerativeMetrics(options, pair.width(), pair.real().rows(), pair.fake().rows());
    Bootstrap bootstrap = new Bootstrap(Bootstrap.DEFAULT.resamples(), options.seed);
    GaussianStats real = Moments.of(pair.real()).toStats();
    GaussianStats fake = Moments.of(pair.fake()).toStats();
    FrechetDistance fromReal = FrechetDistance.from(real);
    double fid = fromReal.to(fake);
    metrics.frechet(fid, FrechetInfluence.interval(pair, real, fake, fid, bootstrap));
    metrics.frechetInfinity(fromReal, pair.fake());
    KernelDistance.Options subsets = KernelDistance.Options.DEFAULT.withSeed(options.seed);
    metrics.add("kid", KernelDistance.between(pair, subsets, bootstrap), List.of());
    metrics.neighbours(pair);
    return metrics.distances;
  }

  /** What statistics of the real images and features of the others tell: fid and fid_infinity. */
  public static List<Distance> between(GaussianStats real, Features fake, Options options) {
    FeaturePair.requireWidth(fake.name(), real.dim(), fake.width());
    GenerativeMetrics metrics = new GenerativeMetrics(options, fake.width(), null, fake.rows());
    FrechetDistance fromReal = FrechetDistance.from(real);
    metrics.frechet(fromReal.to(Moments.of(fake).toStats()), null);
    metrics.frechetInfinity(fromReal, fake);
    return metrics.distances;
  }

  /**
   * The Inception Score.
   *
   * @param logits of a classifier, one row per generated image; dim is its number of classes
   * @param splits 1 to the number of rows, or null for {@link InceptionScore#defaultSplits}
   */
  public static Distance inceptionScore(
      Features logits, @Nullable Integer splits, Options options) {
    int used = splits == null ? InceptionScore.defaultSplits(logits.rows()) : splits;
    List<String> warnings =
        used == USUAL_SPLITS
            ? List.of()
            : List.of(
                "%d split%s instead of %d".formatted(used, used == 1 ? "" : "s", USUAL_SPLITS));
    GenerativeMetrics metrics = new GenerativeMetrics(options, logits.width(), 0, logits.rows());
    metrics.add("inception_score", InceptionScore.of(logits, used, options.seed), warnings);
    return metrics.distances.get(0);
  }

  private void frechet(double value, @Nullable Interval interval) {
    add("fid", new Estimate(value, null, interval), fewRows());
  }

  private void frechetInfinity(FrechetDistance fromReal, Features fake) {
    if (nFake >= FrechetInfinity.MIN_ROWS) {
      double value = FrechetInfinity.of(fromReal, fake, options.seed);
      add("fid_infinity", new Estimate(value, null, null), fewRows());
    }
  }

  private void neighbours(FeaturePair pair) {
    NeighbourScores.Options usual = NeighbourScores.Options.DEFAULT;
    NeighbourScores.Options used = usual.within(pair.fewerRows());
    NeighbourScores scores = NeighbourScores.of(pair, used);
    List<String> precision = fewNeighbours(used.precisionK(), usual.precisionK());
    List<String> density = fewNeighbours(used.densityK(), usual.densityK());
    add("precision", new Estimate(scores.precision(), null, null), precision);
    add("recall", new Estimate(scores.recall(), null, null), precision);
    add("density", new Estimate(scores.density(), null, null), density);
    add("coverage", new Estimate(scores.coverage(), null, null), density);
  }

  private static List<String> fewNeighbours(int used, int usual) {
    return used == usual
        ? List.of()
        : List.of("k = %d instead of %d: too few rows".formatted(used, usual));
  }

  private List<String> fewRows() {
    List<String> warnings = new ArrayList<>();
    if (nReal != null && nReal <= dim) {
      warnings.add(fewRows(nReal, "real"));
    }
    if (nFake <= dim) {
      warnings.add(fewRows(nFake, "generated"));
    }
    return warnings;
  }

  private String fewRows(int rows, String kind) {
    return "%d %s images for %d features: meaningful only with many more images than features"
        .formatted(rows, kind, dim);
  }

  private void add(String metric, Estimate estimate, List<String> warnings) {
    distances.add(
        new Distance(
            metric,
            options.extractor,
            dim,
            estimate.value(),
            estimate.deviation(),
            estimate.ci95(),
            nReal,
            nFake,
            warnings));
  }
}
