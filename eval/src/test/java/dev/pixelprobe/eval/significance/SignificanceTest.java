package dev.pixelprobe.eval.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.eval.distance.Interval;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SignificanceTest {
  private static final double TIGHT = 1e-12;

  @Test
  void mcNemarIsTwiceTheSmallerBinomialTail() {
    // 2 (C(12,0) + C(12,1) + C(12,2)) / 2^12 = 158 / 4096
    Difference difference = McNemarTest.of(10, 2, 100);

    assertThat(difference.pValue()).isCloseTo(158 / 4096.0, within(TIGHT));
    assertThat(difference.value()).isEqualTo(-0.08);
  }

  @Test
  void theIntervalOfAPairedDifferenceIsThatOfAgrestiAndMin() {
    // Half an image more in each cell: b 10.5, c 2.5, n 102; d +- z sqrt((b + c) / n - d^2) /
    // sqrt(n)
    Interval interval = McNemarTest.of(10, 2, 100).ci95();

    assertThat(interval).isNotNull();
    assertThat(interval.lower()).isCloseTo(-0.1460206044155405, within(TIGHT));
    assertThat(interval.upper()).isCloseTo(-0.0108421406824988, within(TIGHT));
  }

  @Test
  void imagesThatBothGetRightOrWrongTellNothing() {
    assertThat(McNemarTest.of(0, 0, 1000).pValue()).isEqualTo(1);
    assertThat(McNemarTest.of(7, 7, 1000).pValue()).isEqualTo(1);
    assertThat(McNemarTest.of(9, 3, 50).pValue()).isEqualTo(McNemarTest.of(9, 3, 5000).pValue());
  }

  @Test
  void mcNemarDoesNotCareWhichWayItWent() {
    assertThat(McNemarTest.of(3, 9, 50).pValue()).isEqualTo(McNemarTest.of(9, 3, 50).pValue());
    assertThat(McNemarTest.of(3, 9, 50).value()).isEqualTo(-McNemarTest.of(9, 3, 50).value());
  }

  @Test
  void twoProportionsHaveNewcombesInterval() {
    // Newcombe, Statistics in Medicine 1998, table II, method 10: 56/70 - 48/80 and 9/10 - 3/10
    assertInterval(TwoProportionTest.of(48 / 80.0, 80, 56 / 70.0, 70), 0.0524, 0.3339);
    assertInterval(TwoProportionTest.of(3 / 10.0, 10, 9 / 10.0, 10), 0.1705, 0.8090);
  }

  private static void assertInterval(Difference difference, double lower, double upper) {
    Interval interval = difference.ci95();
    assertThat(interval).isNotNull();
    assertThat(interval.lower()).isCloseTo(lower, within(5e-5));
    assertThat(interval.upper()).isCloseTo(upper, within(5e-5));
  }

  @Test
  void twoProportionsArePooledUnderTheNullHypothesis() {
    // z = 0.2 / sqrt(p (1 - p) (1/70 + 1/80)), p = 104/150: 2.65017; erfc(z / sqrt 2)
    assertThat(TwoProportionTest.of(48 / 80.0, 80, 56 / 70.0, 70).pValue())
        .isCloseTo(0.00804508136819659, within(TIGHT));
  }

  @Test
  void equalSharesDifferByNothingEvenAtTheEnds() {
    assertThat(TwoProportionTest.of(0, 10, 0, 20).pValue()).isEqualTo(1);
    assertThat(TwoProportionTest.of(1, 10, 1, 20).pValue()).isEqualTo(1);
    assertThat(TwoProportionTest.of(0.25, 8, 0.25, 8).pValue()).isEqualTo(1);
  }

  @Test
  void welchWithTwoDegreesOfFreedomHasAClosedForm() {
    // Two samples of two with equal errors: t has 2 degrees of freedom, p = 1 - t / sqrt(2 + t^2)
    double t = 3 / Math.sqrt(2);
    Difference difference = WelchTest.of(new WelchTest.Mean(1, 1, 2), new WelchTest.Mean(4, 1, 2));

    assertThat(difference.value()).isEqualTo(3);
    assertThat(difference.pValue()).isCloseTo(1 - t / Math.sqrt(2 + t * t), within(TIGHT));
    // Its 97.5% quantile is (2 q - 1) sqrt(2 / (4 q (1 - q))) at q = 0.975.
    double quantile = 0.95 * Math.sqrt(2 / (4 * 0.975 * 0.025));
    Interval interval = difference.ci95();
    assertThat(interval).isNotNull();
    assertThat(interval.upper()).isCloseTo(3 + quantile * Math.sqrt(2), within(1e-9));
  }

  @Test
  void welchWithoutSpreadIsCertain() {
    WelchTest.Mean two = new WelchTest.Mean(2, 0, 5);

    assertThat(WelchTest.of(two, two).pValue()).isEqualTo(1);
    assertThat(WelchTest.of(two, new WelchTest.Mean(2.5, 0, 5)).pValue()).isZero();
  }

  /** With two degrees of freedom Student's distribution has a closed form. */
  @Test
  void pairsAreComparedByTheMeanOfTheirDifferences() {
    Difference difference = PairedTest.of(new double[] {10, 20, 30}, new double[] {11, 22, 33});

    double t = 2 * Math.sqrt(3);
    double quantile = 0.95 / Math.sqrt(2 * 0.975 * 0.025);
    assertThat(difference.value()).isEqualTo(2);
    assertThat(difference.pValue()).isCloseTo(1 - t / Math.sqrt(t * t + 2), within(TIGHT));
    Interval ci95 = Objects.requireNonNull(difference.ci95());
    assertThat(ci95.lower()).isCloseTo(2 - quantile / Math.sqrt(3), within(TIGHT));
    assertThat(ci95.upper()).isCloseTo(2 + quantile / Math.sqrt(3), within(TIGHT));
  }

  @Test
  void pairsThatAllDifferAlikeAreCertain() {
    double[] x = {1, 5, 9};

    assertThat(PairedTest.of(x, x).pValue()).isEqualTo(1);
    assertThat(PairedTest.of(x, new double[] {2, 6, 10}).pValue()).isZero();
  }

  @Test
  void intervalsThatTouchHaveAPOfFivePerCent() {
    Difference touching = DisjointIntervals.of(10, new Interval(8, 11), 13, new Interval(11, 20));
    Difference apart = DisjointIntervals.of(10, new Interval(8, 11), 14, new Interval(12, 20));
    Difference over = DisjointIntervals.of(10, new Interval(8, 11.5), 13, new Interval(11, 20));

    assertThat(touching.pValue()).isCloseTo(0.05, within(TIGHT));
    assertThat(apart.pValue()).isLessThan(0.05);
    assertThat(over.pValue()).isGreaterThan(0.05);
  }

  @Test
  void intervalsAreLookedAtFromTheSidesThatFaceEachOther() {
    // The way down: 13 reaches down to 11, 10 reaches up to 11.
    Difference down = DisjointIntervals.of(13, new Interval(11, 20), 10, new Interval(8, 11));

    assertThat(down.pValue()).isCloseTo(0.05, within(TIGHT));
    assertThat(down.value()).isEqualTo(-3);
  }

  @Test
  void equalValuesDoNotDifferAndPointsAreCertain() {
    Interval point = new Interval(1, 1);

    assertThat(DisjointIntervals.of(1, point, 1, point).pValue()).isEqualTo(1);
    assertThat(DisjointIntervals.of(1, point, 2, new Interval(2, 2)).pValue()).isZero();
  }

  @Test
  void holmStepsUpFromTheSmallest() {
    // 0.005 * 4, 0.01 * 3, 0.03 * 2, and 0.04 * 1 held up by the one before
    assertThat(Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(TIGHT));
    assertThat(Holm.adjust(new double[] {0.7, 0.6})).containsExactly(1, 1);
    assertThat(Holm.adjust(new double[0])).isEmpty();
  }
}
