package dev.pixelprobe.eval.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.eval.Matrix;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InceptionScoreTest {
  private static Features sureOfClass(int rows, int classes, float margin) {
    float[] logits = new float[rows * classes];
    for (int i = 0; i < rows; i++) {
      logits[i * classes + i % classes] = margin;
    }
    return Features.of("logits", Matrix.wrap(logits, rows, classes));
  }

  @Test
  void sureAndVariedScoresTheNumberOfClasses() {
    // A margin of 1,000 leaves the others a probability of 0, where p ln p is 0 too.
    assertThat(InceptionScore.of(sureOfClass(30, 5, 1_000), 1, 0).value())
        .isCloseTo(5, within(1e-12));
  }

  @Test
  void unsureScoresOne() {
    assertThat(InceptionScore.of(sureOfClass(30, 5, 0), 1, 0).value()).isCloseTo(1, within(1e-12));
  }

  @Test
  void alwaysTheSameScoresOne() {
    Features same = Draws.of(3, 5, 0, 1, 5, 0, 1, 5, 0, 1);

    assertThat(InceptionScore.of(same, 1, 0).value()).isCloseTo(1, within(1e-12));
  }

  @Test
  void adding100ToAnImagesLogitsChangesNothing() {
    assertThat(InceptionScore.of(Draws.of(2, 100, 103, 7, 5), 1, 0).value())
        .isCloseTo(InceptionScore.of(Draws.of(2, 0, 3, 7, 5), 1, 0).value(), within(1e-12));
  }

  @Test
  void isTorchFidelitys() throws IOException {
    Estimate score = InceptionScore.of(Golden.features("logits.npy"), 1, 0);

    assertThat(score.value()).isCloseTo(Golden.expected("/inception_score_1_split"), within(1e-12));
    assertThat(score.deviation()).isNull();
  }

  @Test
  void splitsAreDrawnBySeed() {
    Features logits = Golden.features("logits.npy");
    Estimate score = InceptionScore.of(logits, 10, 1);

    // In numpy, 10 splits in the rows' own order: 3.775 and 0.228.
    assertThat(score.value()).isCloseTo(3.775, within(3 * 0.228 / Math.sqrt(10)));
    assertThat(score.deviation()).isBetween(0.05, 0.5);
    assertThat(InceptionScore.of(logits, 10, 1)).isEqualTo(score);
    assertThat(InceptionScore.of(logits, 10, 2)).isNotEqualTo(score);
  }

  @Test
  void deviationHasDivisorN() {
    // Sure of one class, sure of the other, and twice unsure, in two splits: either both score the
    // same, or one scores 2 and one 1, of which numpy.std is 0.5.
    Features logits = Draws.of(2, 1_000, 0, 0, 1_000, 0, 0, 0, 0);

    double[] deviations =
        LongStream.range(0, 20)
            .mapToDouble(
                seed -> Objects.requireNonNull(InceptionScore.of(logits, 2, seed).deviation()))
            .toArray();

    assertThat(deviations).usingComparatorWithPrecision(1e-12).containsOnly(0, 0.5);
  }

  @ParameterizedTest(name = "{0} images")
  @CsvSource({"2, 1", "1999, 1", "2000, 2", "5000, 5", "10000, 10", "50000, 10"})
  void eachSplitHoldsAThousandImages(int rows, int splits) {
    assertThat(InceptionScore.defaultSplits(rows)).isEqualTo(splits);
  }

  @Test
  void moreSplitsThanImagesAreABug() {
    assertThatThrownBy(() -> InceptionScore.of(sureOfClass(3, 2, 1), 4, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
