package dev.pixelprobe.eval.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.eval.Sample;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FrechetInfluenceTest {
  private static final double[] REAL = {1, 0.5, 2, 0.1};
  private static final double[] FAKE = {0.7, 0.9, 1.5, 0.2};

  /** Of a normal interval in its standard errors. */
  private static final double WIDTH = 2 * 1.959964;

  private static Interval interval(FeaturePair pair, Bootstrap bootstrap) {
    GaussianStats p = Draws.stats(pair.real());
    GaussianStats q = Draws.stats(pair.fake());
    return FrechetInfluence.interval(
        pair,
        FeatureSummary.of(pair.real()),
        FeatureSummary.of(pair.fake()),
        FrechetDistance.between(p, q),
        bootstrap);
  }

  private static FeaturePair pair(int rows, long seed) {
    return new FeaturePair(
        Draws.normal(rows, 0, REAL, 2 * seed), Draws.normal(rows, 0.3, FAKE, 2 * seed + 1));
  }

  private static double distance(FeaturePair pair) {
    return FrechetDistance.between(Draws.stats(pair.real()), Draws.stats(pair.fake()));
  }

  @Test
  void oneFeatureHasAClosedForm() {
    // d = (m1 - m2)² + (s1 - s2)²: x moves it by 2(m1 - m2)c + (1 - s2/s1)c², c = x - m1.
    FeaturePair pair =
        new FeaturePair(
            Draws.normal(50, 1, new double[] {1}, 1), Draws.normal(80, 0, new double[] {3}, 2));
    GaussianStats p = Draws.stats(pair.real());
    GaussianStats q = Draws.stats(pair.fake());
    double ratio = Math.sqrt(q.covariance(0, 0) / p.covariance(0, 0));

    double[] real = FrechetInfluence.of(pair.real(), p, q);
    double[] fake = FrechetInfluence.of(pair.fake(), q, p);

    double shift = 2 * (p.mean(0) - q.mean(0));
    for (int i = 0; i < 50; i++) {
      double c = pair.real().values().get(i, 0) - p.mean(0);
      assertThat(real[i]).isCloseTo(shift * c + (1 - ratio) * c * c, within(1e-12));
    }
    for (int i = 0; i < 80; i++) {
      double c = pair.fake().values().get(i, 0) - q.mean(0);
      assertThat(fake[i]).isCloseTo(-shift * c + (1 - 1 / ratio) * c * c, within(1e-12));
    }
  }

  /** Leaving an image out moves the distance by its influence over n, to first order. */
  @Test
  void tellsWhatHappensWithoutAnImage() {
    int n = 2_000;
    FeaturePair pair = pair(n, 1);
    GaussianStats p = Draws.stats(pair.real());
    GaussianStats q = Draws.stats(pair.fake());
    double[] real = FrechetInfluence.of(pair.real(), p, q);
    double[] fake = FrechetInfluence.of(pair.fake(), q, p);
    double realMean = Sample.of(real).mean();
    double fakeMean = Sample.of(fake).mean();

    for (int i : new int[] {0, 7, 19}) {
      double withoutReal =
          distance(new FeaturePair(without(pair.real(), i), pair.fake())) - distance(pair);
      double withoutFake =
          distance(new FeaturePair(pair.real(), without(pair.fake(), i))) - distance(pair);
      // The second order is of size c⁴/n²: at most some 100 over 4 million.
      assertThat(withoutReal).isCloseTo(-(real[i] - realMean) / n, within(4e-5));
      assertThat(withoutFake).isCloseTo(-(fake[i] - fakeMean) / n, within(4e-5));
    }
  }

  private static Features without(Features x, int row) {
    int[] others = IntStream.range(0, x.rows()).filter(i -> i != row).toArray();
    return Features.of("rest", x.values().select(others));
  }

  @Test
  void theIntervalIsAsWideAsDistancesOfOtherDrawsScatter() {
    double[] distances =
        IntStream.range(0, 400).mapToDouble(s -> distance(pair(300, 100 + s))).toArray();
    double deviation = Sample.of(distances).standardDeviation();

    double[] widths =
        IntStream.range(0, 20)
            .mapToDouble(
                s -> {
                  Interval interval = interval(pair(300, s), Bootstrap.DEFAULT);
                  return interval.upper() - interval.lower();
                })
            .toArray();

    // The deviation of 400 draws is known to 1 in √800, the mean width of 20 intervals likewise.
    double expected = WIDTH * deviation;
    assertThat(Sample.of(widths).mean()).isCloseTo(expected, within(0.12 * expected));
  }

  @Test
  void theIntervalHoldsTheDistanceAndDependsOnTheSeedAlone() {
    FeaturePair pair = pair(300, 1);

    Interval interval = interval(pair, new Bootstrap(200, 1));

    assertThat(distance(pair)).isBetween(interval.lower(), interval.upper());
    assertThat(interval(pair, new Bootstrap(200, 1))).isEqualTo(interval);
    assertThat(interval(pair, new Bootstrap(200, 2))).isNotEqualTo(interval);
  }

  /** The part tells the deviation to 1 in √(2 · 1,000), 500 resamples the width to 3%. */
  @Test
  void aPartOfTheImagesGivesTheIntervalOfAll() {
    FeaturePair all = pair(4_000, 1);
    FeatureSummary real = FeatureSummary.of(all.real());
    FeatureSummary fake = FeatureSummary.of(all.fake());
    FeaturePair part = new FeaturePair(first(1_000, all.real()), first(1_000, all.fake()));
    double distance = distance(all);

    Interval ofAll = FrechetInfluence.interval(all, real, fake, distance, Bootstrap.DEFAULT);
    Interval ofPart = FrechetInfluence.interval(part, real, fake, distance, Bootstrap.DEFAULT);

    double width = ofAll.upper() - ofAll.lower();
    assertThat(ofPart.upper() - ofPart.lower()).isCloseTo(width, within(0.15 * width));
    assertThat(distance).isBetween(ofPart.lower(), ofPart.upper());
  }

  private static Features first(int rows, Features x) {
    int[] chosen = IntStream.range(0, rows).toArray();
    return Features.of("part", x.values().select(chosen));
  }

  @Test
  void fewerImagesThanFeaturesGiveAnIntervalToo() {
    FeaturePair pair =
        new FeaturePair(
            Draws.normal(12, 0, Draws.deviations(30, 1, 0.9), 1),
            Draws.normal(9, 0.1, Draws.deviations(30, 1, 0.8), 2));

    Interval interval = interval(pair, Bootstrap.DEFAULT);

    assertThat(interval.lower()).isFinite().isNotNegative();
    assertThat(distance(pair)).isBetween(interval.lower(), interval.upper());
  }
}
