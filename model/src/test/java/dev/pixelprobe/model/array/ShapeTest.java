package dev.pixelprobe.model.array;

import static dev.pixelprobe.model.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShapeTest {
  @Test
  void shapesReadLikePythonTuples() {
    assertThat(Shape.of()).hasToString("()");
    assertThat(Shape.of(5)).hasToString("(5,)");
    assertThat(Shape.of(5, 3)).hasToString("(5, 3)");
  }

  @Test
  void elementsAreTheProductOfTheDimensions() {
    assertThat(Shape.of().elements()).isEqualTo(1);
    assertThat(Shape.of(100_000, 100_000).elements()).isEqualTo(10_000_000_000L);
    int max = Integer.MAX_VALUE;
    assertThat(Shape.of(max, max, max, 0).elements()).isZero();
    assertThatThrownBy(() -> Shape.of(max, max, max).elements())
        .isInstanceOf(ArithmeticException.class);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"(10, 32, 32, 3)", "(N, H, W, 3)", "(N,32,W,C)"})
  void namesInAPatternStandForAnyNumber(String pattern) {
    assertThatCode(() -> Shape.of(10, 32, 32, 3).require(pattern, "images", "pass RGB"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"(N, H, W, 4)", "(N, H, W)", "(N, H, W, 3, 1)"})
  void aShapeThatDoesNotFitThePatternIsRefused(String pattern) {
    assertRefused(
        () -> Shape.of(10, 32, 32, 3).require(pattern, "images x.npy", "pass RGB"),
        "images x.npy: expected shape " + pattern + ", got (10, 32, 32, 3); pass RGB");
  }
}
