package dev.pixelprobe.eval.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(100_000, 3);

  private static double[] weights(Bootstrap bootstrap, Bootstrap.Side side, int row) {
    double[] weights = new double[bootstrap.resamples()];
    bootstrap.weigh(side, row, weights);
    return weights;
  }

  @Test
  void weightsArePoissonWithMeanOne() {
    double[] weights = weights(BOOTSTRAP, Bootstrap.Side.REAL, 5);

    double factorial = 1;
    for (int k = 0; k < 5; k++) {
      int weight = k;
      double p = Math.exp(-1) / factorial;
      double share = Arrays.stream(weights).filter(w -> w == weight).count() / 1e5;
      assertThat(share).isCloseTo(p, within(4 * Math.sqrt(p * (1 - p) / 1e5)));
      factorial *= k + 1;
    }
    assertThat(Arrays.stream(weights).sum() / 1e5).isCloseTo(1, within(4 / Math.sqrt(1e5)));
  }

  @Test
  void weightsOfDifferentImagesAreUnrelated() {
    double[] first = weights(BOOTSTRAP, Bootstrap.Side.REAL, 5);

    assertUnrelated(first, weights(BOOTSTRAP, Bootstrap.Side.REAL, 6));
    assertUnrelated(first, weights(BOOTSTRAP, Bootstrap.Side.FAKE, 5));
    assertUnrelated(first, weights(new Bootstrap(100_000, 4), Bootstrap.Side.REAL, 5));
    assertThat(weights(BOOTSTRAP, Bootstrap.Side.REAL, 5)).isEqualTo(first);
  }

  private static void assertUnrelated(double[] a, double[] b) {
    double covariance = 0;
    for (int i = 0; i < a.length; i++) {
      covariance += (a[i] - 1) * (b[i] - 1) / a.length;
    }
    assertThat(covariance).isCloseTo(0, within(4 / Math.sqrt(a.length)));
  }

  @Test
  void oneResampleIsNoSpread() {
    assertThatThrownBy(() -> new Bootstrap(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
