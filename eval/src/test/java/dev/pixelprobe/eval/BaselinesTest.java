package dev.pixelprobe.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BaselinesTest {
  @Test
  void countsTheColoursOfEachImage() {
    Matrix histograms =
        Baselines.colourHistograms(List.of(new int[] {0, 2, 2, 3}, new int[] {1, 1, 1, 1}), 4);

    assertThat(histograms).isEqualTo(Matrix.wrap(new float[] {1, 0, 2, 1, 0, 4, 0, 0}, 2, 4));
  }

  @Test
  void refusesATokenOutsideThePalette() {
    assertThatThrownBy(() -> Baselines.colourHistograms(List.of(new int[1], new int[] {4}), 4))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("tokens: expected 0 to 3, got 4 in image 1");
  }
}
