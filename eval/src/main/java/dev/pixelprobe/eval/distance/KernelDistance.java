package dev.pixelprobe.eval.distance;

import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.Sample;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Kernel distance, KID with Inception features: the unbiased estimate of the squared maximum mean
 * discrepancy with the kernel (x·y/d + 1)³. Binkowski et al. 2018, arXiv:1801.01401. As published
 * and as torch-fidelity, the mean over random subsets, the same number of images of each side in
 * each, and the deviation over them with divisor n. May be negative.
 *
 * <p>Computed in float64. The published tools keep the kernel and its sums in float32, which leaves
 * them about 1e-6 absolute: of a small distance only a few digits.
 */
public final class KernelDistance {
  /**
   * What is computed.
   *
   * @param subsets 100 by default, at least 1
   * @param subsetSize images of each side per subset, 1,000 by default, at least 2. A side that has
   *     no more than that leaves nothing to draw: then there is one subset, the first rows of both
   *     sides, as many as the smaller one has
   * @param seed of the subsets
   */
  public record Options(int subsets, int subsetSize, long seed) {
    public static final Options DEFAULT = new Options(100, 1_000, 0);

    public Options {
      if (subsets < 1 || subsetSize < 2) {
        throw new IllegalArgumentException(
            "expected at least 1 subset of at least 2, got %d of %d"
                .formatted(subsets, subsetSize));
      }
    }

    public Options withSeed(long newSeed) {
      return new Options(subsets, subsetSize, newSeed);
    }
  }

  private final FeaturePair pair;
  private final Options options;

  private KernelDistance(FeaturePair pair, Options options) {
    this.pair = pair;
    this.options = options;
  }

  /**
   * The distance, its deviation over subsets if there are several, and an interval.
   *
   * @param bootstrap of the images, the subsets staying the same; null for no interval. Where both
   *     sides are of one distribution the interval is wider than it need be
   */
  public static Estimate between(FeaturePair pair, Options options, @Nullable Bootstrap bootstrap) {
    return new KernelDistance(pair, options).estimate(bootstrap);
  }

  private Estimate estimate(@Nullable Bootstrap bootstrap) {
    int subsets = pair.fewerRows() <= options.subsetSize ? 1 : options.subsets;
    double[][] values =
        IntStream.range(0, subsets)
            .parallel()
            .mapToObj(s -> subset(s, bootstrap))
            .toArray(double[][]::new);
    double[] means = new double[values[0].length];
    for (int b = 0; b < means.length; b++) {
      int resample = b;
      means[b] = Arrays.stream(values).mapToDouble(v -> v[resample]).average().orElseThrow();
    }
    double[] firsts = Arrays.stream(values).mapToDouble(v -> v[0]).toArray();
    return new Estimate(
        means[0],
        subsets > 1 ? deviation(firsts) : null,
        bootstrap == null ? null : Interval.ofMiddle95(Arrays.copyOfRange(means, 1, means.length)));
  }

  private static double deviation(double[] values) {
    Sample sample = Sample.of(values);
    return sample.standardDeviation() * Math.sqrt((sample.n() - 1.0) / sample.n());
  }

  /** The distance of one subset, followed by those of its resamples. */
  private double[] subset(int s, @Nullable Bootstrap bootstrap) {
    SplittableRandom random = new SplittableRandom(options.seed * 1_000_003 + s);
    int[] real = rows(pair.real(), random);
    int[] fake = rows(pair.fake(), random);
    KernelSums sums = new KernelSums(real, fake, bootstrap);
    Matrix x = pair.real().values().select(real);
    Matrix y = pair.fake().values().select(fake);
    return sums.distances(x, y);
  }

  private int[] rows(Features side, SplittableRandom random) {
    return pair.fewerRows() <= options.subsetSize
        ? IntStream.range(0, pair.fewerRows()).toArray()
        : Rows.sample(side.rows(), options.subsetSize, random);
  }
}
