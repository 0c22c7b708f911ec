package dev.pixelprobe.eval.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.eval.InvalidInputException;
import dev.pixelprobe.eval.Matrix;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MomentsTest {
  @Test
  void threePointsHaveAClosedForm() {
    GaussianStats stats = Draws.stats(Draws.of(2, 1, 0, 2, 0, 6, 3));

    assertThat(stats.meanValues()).containsExactly(3, 1);
    // Scatter (4 + 1 + 9, 2 + 1 + 6, 1 + 1 + 4) over 2.
    assertThat(stats.covarianceValues()).containsExactly(7, 4.5, 4.5, 3);
  }

  @Test
  void aSmallSpreadOnALargeMeanKeepsItsDigits() {
    int n = 2_000;
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = 1e7f + (i % 2);
    }
    double variance = 0.25 * n / (n - 1);

    GaussianStats stats = Draws.stats(Draws.of(1, values));

    assertThat(stats.covariance(0, 0)).isCloseTo(variance, within(1e-12));
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    double fromRawProducts = (squares - n * stats.mean(0) * stats.mean(0)) / (n - 1);
    assertThat(fromRawProducts).as("sums of products").isNotCloseTo(variance, within(1e-4));
  }

  @ParameterizedTest(name = "{0} shards")
  @ValueSource(ints = {1, 2, 7, 100, 1300})
  void shardingDoesNotChangeTheDistance(int shards) {
    Features x = Draws.normal(1_300, 5, Draws.deviations(20, 1, 0.8), 1);
    GaussianStats other = Draws.stats(Draws.normal(500, 5.1, Draws.deviations(20, 1, 0.7), 2));
    double whole = FrechetDistance.between(Draws.stats(x), other);

    Moments merged = mergedInRandomOrder(x, shards, new Random(shards));

    assertThat(merged.count()).isEqualTo(1_300);
    assertThat(FrechetDistance.between(merged.toStats(), other))
        .isCloseTo(whole, within(1e-11 * whole));
  }

  /** Shuffled rows, dealt to shards in batches, and the shards merged two by two. */
  private static Moments mergedInRandomOrder(Features x, int shards, Random random) {
    int[] rows = Rows.shuffled(x.rows(), random.nextLong());
    Deque<Moments> parts = new ArrayDeque<>();
    for (int s = 0; s < shards; s++) {
      int shard = s;
      int[] own = IntStream.of(rows).filter(row -> row % shards == shard).toArray();
      Moments part = Moments.empty();
      for (int at = 0; at < own.length; ) {
        int size = Math.min(1 + random.nextInt(600), own.length - at);
        part.add(x.values().select(Arrays.copyOfRange(own, at, at + size)));
        at += size;
      }
      parts.add(random.nextBoolean() ? Moments.ofBands(part.toBands()) : part);
    }
    while (parts.size() > 1) {
      Moments left = parts.poll();
      left.merge(parts.poll());
      parts.add(left);
    }
    return parts.element();
  }

  @Test
  void mergingLeavesTheOtherAsItWas() {
    Moments left = Moments.of(Draws.of(1, 1, 2));
    Moments right = Moments.of(Draws.of(1, 5, 9));

    left.merge(right);

    assertThat(right.count()).isEqualTo(2);
    assertThat(right.toStats().mean(0)).isEqualTo(7);
    assertThat(left.toStats().mean(0)).isEqualTo(4.25);
  }

  @Test
  void nothingAddsNothing() {
    Moments moments = Moments.empty();
    moments.merge(Moments.empty());
    moments.add(Matrix.wrap(new float[0], 0, 3));
    moments.merge(Moments.of(Draws.of(1, 1, 2)));
    moments.merge(Moments.ofBands(Moments.empty().toBands()));

    assertThat(moments.count()).isEqualTo(2);
    assertThat(moments.toStats().covariance(0, 0)).isEqualTo(0.5);
  }

  @Test
  void bytesAreWhatTheyWere() {
    MomentsBand band = Moments.of(Draws.of(2, 1, 0, 2, 0, 6, 3)).toBands().get(0);

    byte[] bytes = band.toBytes();

    String golden =
        "00000002" // width
            + "0000000000000002" // rows 0 to 1
            + "0000000000000003" // images
            + "40080000000000003ff0000000000000" // mean 3, 1
            + "402c000000000000" // scatter 14, 9, 6
            + "4022000000000000"
            + "4018000000000000";
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(golden);
    assertThat(MomentsBand.ofBytes(bytes).toBytes()).isEqualTo(bytes);
  }

  /** 600 features are two bands: some 180,000 numbers. */
  @Test
  void bandsAddUpWithoutEachOther() {
    Features x = Draws.normal(700, 5, Draws.deviations(600, 1, 0.99), 1);
    List<MomentsBand> left = moments(x, 0, 300).toBands();
    List<MomentsBand> right = moments(x, 300, 700).toBands();

    Moments sum =
        Moments.ofBands(
            IntStream.of(1, 0)
                .mapToObj(b -> MomentsBand.ofBytes(left.get(b).plus(right.get(b)).toBytes()))
                .toList());

    assertThat(left).hasSize(2);
    assertThat(sum.count()).isEqualTo(700);
    GaussianStats whole = Draws.stats(x);
    assertThat(sum.toStats().meanValues()).containsExactly(whole.meanValues(), within(1e-13));
    double[] covariance = sum.toStats().covarianceValues();
    assertThat(covariance).hasSize(600 * 600);
    assertThat(farthest(covariance, whole.covarianceValues())).isLessThanOrEqualTo(1e-13);
  }

  /** AssertJ takes 15 seconds for so many. */
  private static double farthest(double[] found, double[] expected) {
    return IntStream.range(0, expected.length)
        .mapToDouble(i -> Math.abs(found[i] - expected[i]))
        .max()
        .orElseThrow();
  }

  private static Moments moments(Features x, int from, int to) {
    Moments moments = Moments.empty();
    moments.add(x.values().select(IntStream.range(from, to).toArray()));
    return moments;
  }

  @Test
  void bandsThatDoNotFitAreNotAdded() {
    List<MomentsBand> bands =
        moments(Draws.normal(3, 0, Draws.deviations(600, 1, 1), 1), 0, 3).toBands();
    MomentsBand narrow = Moments.of(Draws.of(1, 1, 2)).toBands().get(0);

    assertThatThrownBy(() -> bands.get(0).plus(bands.get(1))).hasMessageContaining("row 0 of 600");
    assertThatThrownBy(() -> narrow.plus(bands.get(0))).hasMessageContaining("got 0 of 600");
    assertThatThrownBy(() -> Moments.ofBands(bands.subList(0, 1)))
        .hasMessageContaining("expected 600 rows");
  }

  @Test
  void aNumberThatIsNotFiniteIsRefusedByItsRow() {
    Moments moments = Moments.of(Draws.of(2, 1, 0, 2, 0, 6, 3));
    Matrix more = Matrix.wrap(new float[] {1, 2, 3, Float.POSITIVE_INFINITY}, 2, 2);

    assertThatThrownBy(() -> moments.add(more))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("Infinity", "row 4", "column 1");
    assertThat(moments.count()).as("rows kept").isEqualTo(3);
  }

  @Test
  void oneRowHasNoCovariance() {
    Moments moments = Moments.empty();
    moments.add(Matrix.wrap(new float[] {1}, 1, 1));

    assertThatThrownBy(moments::toStats)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("at least 2 images, got 1");
  }

  @Test
  void anotherWidthIsABug() {
    Moments moments = Moments.of(Draws.of(2, 1, 0, 2, 0, 6, 3));

    assertThatThrownBy(() -> moments.add(Matrix.wrap(new float[3], 1, 3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> moments.merge(Moments.of(Draws.of(1, 1, 2))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
