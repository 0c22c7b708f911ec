package dev.pixelprobe.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelledSetTest {
  @Test
  void selectsRowsWithTheirLabels() {
    LabelledSet set =
        LabelledSet.of(
            "train", Matrix.wrap(new float[] {1, 2, 3, 4, 5, 6}, 3, 2), new int[] {0, 1, 2}, 3);

    LabelledSet selected = set.select(new int[] {2, 0});

    assertThat(selected.features()).isEqualTo(Matrix.wrap(new float[] {5, 6, 1, 2}, 2, 2));
    assertThat(selected.label(0)).isEqualTo(2);
    assertThat(selected.label(1)).isZero();
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
  void namesTheRowAndColumnOfAFeatureThatIsNoNumber(float value) {
    Matrix features = Matrix.wrap(new float[] {1, 2, 3, value}, 2, 2);

    assertThatThrownBy(() -> LabelledSet.of("x.npy", features, new int[2], 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            "x.npy: expected finite features, got %s at row 1, column 1".formatted(value));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2})
  void namesTheRowOfALabelOutOfRange(int label) {
    Matrix features = Matrix.wrap(new float[3], 3, 1);

    assertThatThrownBy(() -> LabelledSet.of("train", features, new int[] {0, 1, label}, 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("train: expected labels 0 to 1, got %d at row 2".formatted(label));
  }

  @Test
  void wantsOneLabelPerRow() {
    assertThatThrownBy(
            () -> LabelledSet.of("train", Matrix.wrap(new float[3], 3, 1), new int[2], 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("train: expected one label per row, got 2 labels for 3 rows");
  }
}
