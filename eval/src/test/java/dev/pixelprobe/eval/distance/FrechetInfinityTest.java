package dev.pixelprobe.eval.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.eval.Sample;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FrechetInfinityTest {
  @Test
  void aLineIsFollowedToItsEnd() {
    double[] x = {0.1, 0.2, 0.5};
    double[] y = {3.4, 3.8, 5};

    assertThat(FrechetInfinity.intercept(x, y)).isCloseTo(3, within(1e-14));
  }

  @Test
  void sizesGoFromATenthToAll() {
    assertThat(FrechetInfinity.sizes(50_000, 2_048))
        .hasSize(15)
        .startsWith(5_000, 8_214)
        .endsWith(46_785, 50_000);
    assertThat(FrechetInfinity.sizes(10_000, 2_048)).startsWith(4_096).endsWith(10_000);
    assertThat(FrechetInfinity.sizes(1_000, 2_048)).startsWith(500).endsWith(1_000);
    assertThat(FrechetInfinity.sizes(3, 5)).containsExactly(2, 3);
  }

  @Test
  void whatFewImagesAddIsTakenAway() {
    double[] deviations = Draws.deviations(10, 1, 0.8);
    FrechetDistance truth =
        FrechetDistance.from(Draws.stats(Draws.normal(100_000, 0, deviations, 0)));
    int draws = 100;
    double[] plain = new double[draws];
    double[] infinite = new double[draws];
    for (int s = 0; s < draws; s++) {
      Features fake = Draws.normal(200, 0, deviations, s + 1);
      plain[s] = truth.to(Draws.stats(fake));
      infinite[s] = FrechetInfinity.of(truth, fake, 0);
    }

    // The same distribution: the distance of endless images is 0.
    Sample sample = Sample.of(infinite);
    assertThat(sample.mean()).isCloseTo(0, within(3 * sample.standardError()));
    assertThat(Sample.of(plain).mean()).isGreaterThan(10 * sample.standardError());
  }

  @Test
  void dependsOnTheSeedAlone() {
    FrechetDistance real =
        FrechetDistance.from(Draws.stats(Draws.normal(100, 0, new double[] {1, 2}, 1)));
    Features fake = Draws.normal(100, 1, new double[] {1, 2}, 2);

    assertThat(FrechetInfinity.of(real, fake, 1)).isEqualTo(FrechetInfinity.of(real, fake, 1));
    assertThat(IntStream.range(0, 5).mapToDouble(s -> FrechetInfinity.of(real, fake, s)))
        .doesNotHaveDuplicates();
  }
}
