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

  private final FeatureSummary real;
  private final FeatureSummary fake;
  private final Options options;
  private final List<Distance> distances = new ArrayList<>();

  private GenerativeMetrics(FeatureSummary real, FeatureSummary fake, Options options) {
    FeaturePair.requireWidth(fake.name(), real.width(), fake.width());
    this.real = real;
    this.fake = fake;
    this.options = options;
  }

  /**
   * All that can be told of two sets: fid from their statistics; fid_infinity where features of the
   * generated images are kept; kid, precision, recall, density and coverage where those of both
   * are; inception_score where there are logits of the generated ones.
   *
   * <p>FID and KID have 95% intervals by {@link Bootstrap}, from features of both sides: of what
   * other images, as many, would have given. How far FID is above that of endless images is no part
   * of it; fid_infinity tells that. Where features of only a part are kept, FID itself is of all
   * images, its interval has the width that all of them give, and all other metrics are of the
   * part.
   */
  public static List<Distance> between(FeatureSummary real, FeatureSummary fake, Options options) {
    GenerativeMetrics metrics = new GenerativeMetrics(real, fake, options);
    metrics.addAll();
    return metrics.distances;
  }

  /**
   * The distance between images and the same images in a palette's colours: how much of a FID the
   * palette alone costs.
   *
   * @param palette which, and in what size the images are, for the warnings
   */
  public static Distance paletteFloor(
      FeatureSummary original, FeatureSummary quantized, String palette, Options options) {
    GenerativeMetrics metrics = new GenerativeMetrics(original, quantized, options);
    List<String> warnings = new ArrayList<>();
    warnings.add(palette);
    warnings.addAll(metrics.fewRows(original.images(), quantized.images()));
    double value = FrechetDistance.between(original.stats(), quantized.stats());
    metrics.add(
        "palette_floor",
        new Estimate(value, null, null),
        original.images(),
        quantized.images(),
        warnings);
    return metrics.distances.get(0);
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
    Estimate score = InceptionScore.of(logits, used, options.seed);
    return distance(
        "inception_score", logits.width(), score, 0, logits.rows(), warnings, options.extractor);
  }

  private void addAll() {
    FrechetDistance fromReal = FrechetDistance.from(real.stats());
    Features realKept = real.kept();
    Features fakeKept = fake.kept();
    FeaturePair pair =
        realKept == null || fakeKept == null ? null : new FeaturePair(realKept, fakeKept);
    frechet(fromReal, pair);
    if (fakeKept != null) {
      frechetInfinity(fromReal, fakeKept);
    }
    if (pair != null) {
      kernel(pair);
      neighbours(pair);
    }
    if (fake.logits() != null) {
      inceptionScore(fake.logits());
    }
  }

  private void frechet(FrechetDistance fromReal, @Nullable FeaturePair pair) {
    double fid = fromReal.to(fake.stats());
    Interval interval = null;
    List<String> warnings = new ArrayList<>(fewRows(real.images(), fake.images()));
    if (pair != null) {
      interval = FrechetInfluence.interval(pair, real, fake, fid, bootstrap());
      partsOf(real, fake).forEach(part -> warnings.add("interval " + part));
    }
    add("fid", new Estimate(fid, null, interval), real.images(), fake.images(), warnings);
  }

  private void frechetInfinity(FrechetDistance fromReal, Features fakeKept) {
    if (fakeKept.rows() >= FrechetInfinity.MIN_ROWS) {
      double value = FrechetInfinity.of(fromReal, fakeKept, options.seed);
      List<String> warnings = new ArrayList<>(fewRows(real.images(), fakeKept.rows()));
      warnings.addAll(partOf(fake, "generated"));
      Estimate estimate = new Estimate(value, null, null);
      add("fid_infinity", estimate, real.images(), fakeKept.rows(), warnings);
    }
  }

  private void kernel(FeaturePair pair) {
    KernelDistance.Options subsets = KernelDistance.Options.DEFAULT.withSeed(options.seed);
    add("kid", KernelDistance.between(pair, subsets, bootstrap()), pair, List.of());
  }

  private void neighbours(FeaturePair pair) {
    NeighbourScores.Options usual = NeighbourScores.Options.DEFAULT;
    NeighbourScores.Options used = usual.within(pair.fewerRows());
    NeighbourScores scores = NeighbourScores.of(pair, used);
    List<String> precision = fewNeighbours(used.precisionK(), usual.precisionK());
    List<String> density = fewNeighbours(used.densityK(), usual.densityK());
    add("precision", new Estimate(scores.precision(), null, null), pair, precision);
    add("recall", new Estimate(scores.recall(), null, null), pair, precision);
    add("density", new Estimate(scores.density(), null, null), pair, density);
    add("coverage", new Estimate(scores.coverage(), null, null), pair, density);
  }

  private void inceptionScore(Features logits) {
    Distance score = inceptionScore(logits, null, options);
    List<String> warnings = new ArrayList<>(score.warnings());
    warnings.addAll(partOf(fake, "generated"));
    distances.add(score.withWarnings(warnings));
  }

  private Bootstrap bootstrap() {
    return new Bootstrap(Bootstrap.DEFAULT.resamples(), options.seed);
  }

  private static List<String> fewNeighbours(int used, int usual) {
    return used == usual
        ? List.of()
        : List.of("k = %d instead of %d: too few rows".formatted(used, usual));
  }

  private List<String> fewRows(@Nullable Integer nReal, @Nullable Integer nFake) {
    List<String> warnings = new ArrayList<>();
    if (nReal != null && nReal <= real.width()) {
      warnings.add(fewRows(nReal, "real"));
    }
    if (nFake != null && nFake <= fake.width()) {
      warnings.add(fewRows(nFake, "generated"));
    }
    return warnings;
  }

  private String fewRows(int rows, String kind) {
    return "%d %s images for %d features: meaningful only with many more images than features"
        .formatted(rows, kind, real.width());
  }

  private static List<String> partsOf(FeatureSummary real, FeatureSummary fake) {
    List<String> parts = new ArrayList<>(partOf(real, "real"));
    parts.addAll(partOf(fake, "generated"));
    return parts;
  }

  private static List<String> partOf(FeatureSummary set, String kind) {
    Features kept = set.kept();
    Integer images = set.images();
    return kept == null || images == null || kept.rows() == images
        ? List.of()
        : List.of("from %d of %d %s images, drawn at random".formatted(kept.rows(), images, kind));
  }

  /** Of a metric that features alone decide. */
  private void add(String metric, Estimate estimate, FeaturePair pair, List<String> few) {
    List<String> warnings = new ArrayList<>(few);
    warnings.addAll(partsOf(real, fake));
    add(metric, estimate, pair.real().rows(), pair.fake().rows(), warnings);
  }

  private void add(
      String metric,
      Estimate estimate,
      @Nullable Integer nReal,
      @Nullable Integer nFake,
      List<String> warnings) {
    distances.add(
        distance(metric, real.width(), estimate, nReal, nFake, warnings, options.extractor));
  }

  private static Distance distance(
      String metric,
      int dim,
      Estimate estimate,
      @Nullable Integer nReal,
      @Nullable Integer nFake,
      List<String> warnings,
      String extractor) {
    return new Distance(
        metric,
        extractor,
        dim,
        estimate.value(),
        estimate.deviation(),
        estimate.ci95(),
        nReal,
        nFake,
        warnings);
  }
}
