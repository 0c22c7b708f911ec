package dev.pixelprobe.eval.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.eval.Matrix;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NeighbourScoresTest {
  @Test
  void pointsOnALineAreCountedByHand() {
    // Real 0, 1, 3 with radii 1, 1, 2; generated 2, 10 with radii 8, 8. Ball of 1 ends at 2 and so
    // does that of 3 at 1 and 5: 2 is on the rim of the first, inside the second.
    FeaturePair pair = new FeaturePair(Draws.of(1, 0, 1, 3), Draws.of(1, 2, 10));

    NeighbourScores scores = NeighbourScores.of(pair, new NeighbourScores.Options(1, 1));

    assertThat(scores).isEqualTo(new NeighbourScores(0.5, 1, 0.5, 1.0 / 3));
  }

  @Test
  void theRimBelongsToPrecisionAndNotToDensity() {
    FeaturePair pair = new FeaturePair(Draws.of(1, 0, 1), Draws.of(1, 2, 2));

    NeighbourScores scores = NeighbourScores.of(pair, new NeighbourScores.Options(1, 1));

    assertThat(scores).isEqualTo(new NeighbourScores(1, 0, 0, 0));
  }

  @Test
  void precisionAndRecallAreTorchFidelitys() throws IOException {
    NeighbourScores scores = NeighbourScores.of(Golden.pair(), NeighbourScores.Options.DEFAULT);

    // It gives them as float32.
    assertThat(scores.precision()).isEqualTo(557.0 / 700);
    assertThat((double) (float) scores.precision())
        .isEqualTo(Golden.expected("/precision_recall_k3/precision"));
    assertThat(scores.recall()).isEqualTo(732.0 / 900);
    assertThat((double) (float) scores.recall())
        .isEqualTo(Golden.expected("/precision_recall_k3/recall"));
  }

  @Test
  void densityAndCoverageAreDgmEvals() throws IOException {
    NeighbourScores scores = NeighbourScores.of(Golden.pair(), NeighbourScores.Options.DEFAULT);

    assertThat(scores.density()).isEqualTo(Golden.expected("/prdc_k5/density"));
    assertThat(scores.coverage()).isEqualTo(Golden.expected("/prdc_k5/coverage"));
  }

  /** With k = 5 only the rim tells its precision and recall from the others', and none is on it. */
  @Test
  void precisionAndRecallOfFiveAreDgmEvals() throws IOException {
    NeighbourScores scores = NeighbourScores.of(Golden.pair(), new NeighbourScores.Options(5, 5));

    assertThat(scores.precision()).isEqualTo(Golden.expected("/prdc_k5/precision"));
    assertThat(scores.recall()).isEqualTo(Golden.expected("/prdc_k5/recall"));
  }

  @Test
  void copiesOfTheRealImagesScoreFull() {
    Features real = Draws.normal(700, 1e3, Draws.deviations(20, 1, 0.9), 1);

    NeighbourScores scores =
        NeighbourScores.of(new FeaturePair(real, real), NeighbourScores.Options.DEFAULT);

    assertThat(scores.precision()).isEqualTo(1);
    assertThat(scores.recall()).isEqualTo(1);
    assertThat(scores.coverage()).isEqualTo(1);
    // In each ball lie its centre and the four within its rim.
    assertThat(scores.density()).isEqualTo(1);
  }

  /** Points on a coarse grid, far from 0: many distances are equal, and products round them. */
  @ParameterizedTest(name = "grid of {0}")
  @ValueSource(floats = {1, 0.1f})
  void countsAreThoseOfThePlainLoopWithTiesGalore(float step) {
    FeaturePair pair = new FeaturePair(grid(1_100, step, 1), grid(600, step, 2));

    assertThat(NeighbourScores.of(pair, NeighbourScores.Options.DEFAULT)).isEqualTo(plain(pair));
  }

  private static Features grid(int rows, float step, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * 5];
    for (int at = 0; at < values.length; at++) {
      values[at] = 100 + step * random.nextInt(4);
    }
    return Features.of("grid", Matrix.wrap(values, rows, 5));
  }

  private static NeighbourScores plain(FeaturePair pair) {
    int n = pair.real().rows();
    int m = pair.fake().rows();
    double[] real3 = radii(pair.real(), 3);
    double[] fake3 = radii(pair.fake(), 3);
    double[] real5 = radii(pair.real(), 5);
    boolean[] inReal = new boolean[m];
    int inFake = 0;
    int entered = 0;
    int covered = 0;
    for (int i = 0; i < n; i++) {
      boolean inAny = false;
      boolean holdsAny = false;
      for (int j = 0; j < m; j++) {
        double distance = squared(pair.real(), i, pair.fake(), j);
        inReal[j] |= distance <= real3[i];
        inAny |= distance <= fake3[j];
        boolean inside = distance < real5[i];
        holdsAny |= inside;
        entered += inside ? 1 : 0;
      }
      inFake += inAny ? 1 : 0;
      covered += holdsAny ? 1 : 0;
    }
    int precise = 0;
    for (boolean in : inReal) {
      precise += in ? 1 : 0;
    }
    return new NeighbourScores(
        (double) precise / m, (double) inFake / n, entered / (5.0 * m), (double) covered / n);
  }

  private static double[] radii(Features x, int k) {
    double[] radii = new double[x.rows()];
    for (int i = 0; i < radii.length; i++) {
      double[] distances = new double[x.rows()];
      for (int j = 0; j < distances.length; j++) {
        distances[j] = squared(x, i, x, j);
      }
      Arrays.sort(distances);
      radii[i] = distances[k]; // the first is that to itself
    }
    return radii;
  }

  private static double squared(Features x, int i, Features y, int j) {
    double sum = 0;
    for (int c = 0; c < x.width(); c++) {
      double difference = (double) x.values().get(i, c) - y.values().get(j, c);
      sum += difference * difference;
    }
    return sum;
  }

  @ParameterizedTest(name = "{0} rows")
  @CsvSource({"2, 1, 1", "4, 3, 3", "5, 3, 4", "6, 3, 5"})
  void fewRowsHaveFewNeighbours(int rows, int precisionK, int densityK) {
    assertThat(NeighbourScores.Options.DEFAULT.within(rows))
        .isEqualTo(new NeighbourScores.Options(precisionK, densityK));
  }

  @Test
  void moreNeighboursThanRowsAreABug() {
    FeaturePair pair = new FeaturePair(Draws.of(1, 0, 1, 3), Draws.of(1, 2, 10));

    assertThatThrownBy(() -> NeighbourScores.of(pair, NeighbourScores.Options.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
