package dev.pixelprobe.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonIntervalTest {
  private static final double Z2 = 1.959963984540054 * 1.959963984540054;

  @Test
  void endsOfTheScaleHaveAClosedForm() {
    assertThat(WilsonInterval.of(0, 10).lower()).isZero();
    assertThat(WilsonInterval.of(0, 10).upper()).isCloseTo(Z2 / (10 + Z2), within(1e-15));
    assertThat(WilsonInterval.of(1, 10).lower()).isCloseTo(10 / (10 + Z2), within(1e-15));
    assertThat(WilsonInterval.of(1, 10).upper()).isCloseTo(1, within(1e-15));
  }

  @Test
  void aHalfIsInTheMiddle() {
    WilsonInterval interval = WilsonInterval.of(0.5, 100);

    double halfWidth = Math.sqrt(Z2 / (100 + Z2)) / 2;
    assertThat(interval.lower()).isCloseTo(0.5 - halfWidth, within(1e-15));
    assertThat(interval.upper()).isCloseTo(0.5 + halfWidth, within(1e-15));
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({"3,10", "448,1017", "1,2"})
  void bothEndsLieOneScoreFromTheShare(int hits, int n) {
    // The defining equation: (p - e)² = z² e (1 - e) / n at each end e.
    double p = (double) hits / n;
    WilsonInterval interval = WilsonInterval.of(p, n);

    for (double e : new double[] {interval.lower(), interval.upper()}) {
      assertThat((p - e) * (p - e)).isCloseTo(Z2 * e * (1 - e) / n, within(1e-15));
    }
  }
}
