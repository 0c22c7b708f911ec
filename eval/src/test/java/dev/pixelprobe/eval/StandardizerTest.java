package dev.pixelprobe.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StandardizerTest {
  @Test
  void scalesByTheTrainingRowsAlone() {
    // Column 0: mean 3, deviation with divisor n: sqrt((4 + 0 + 4) / 3).
    Matrix train = Matrix.wrap(new float[] {1, 7, 3, 7, 5, 7}, 3, 2);

    Matrix scaled = Standardizer.fit(train).apply(Matrix.wrap(new float[] {4, 9}, 1, 2));

    assertThat(scaled.get(0, 0)).isCloseTo((float) (1 / Math.sqrt(8.0 / 3)), within(1e-7f));
    assertThat(scaled.get(0, 1)).isEqualTo(2);
  }

  @Test
  void aConstantColumnThatRoundsIsOnlyCentred() {
    float[] constant = new float[1_000];
    java.util.Arrays.fill(constant, 0.1f);
    Matrix train = Matrix.wrap(constant, 1_000, 1);

    assertThat(Standardizer.fit(train).apply(train).get(0, 0)).isCloseTo(0, within(1e-6f));
  }

  @Test
  void aSmallSpreadOnALargeOffsetKeepsItsDigits() {
    Matrix train = Matrix.wrap(new float[] {1e6f, 1e6f + 1, 1e6f, 1e6f + 1}, 4, 1);

    Matrix scaled = Standardizer.fit(train).apply(train);

    assertThat(scaled).isEqualTo(Matrix.wrap(new float[] {-1, 1, -1, 1}, 4, 1));
  }
}
