package dev.pixelprobe.pipeline.data.shapes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FigureTest {
  @Test
  void theDistanceToADiscIsNegativeInside() {
    Figure disc = Figure.disc(1, 0, 2);
    assertThat(disc.distance(1, 0)).isEqualTo(-2);
    assertThat(disc.distance(4, 4)).isEqualTo(3);
  }

  @Test
  void theDistanceToASquareIsThatToItsNearestEdgeOrCorner() {
    Figure square = Polygon.of(-1, -1, 1, -1, 1, 1, -1, 1);
    assertThat(square.distance(0, 0)).isEqualTo(-1);
    assertThat(square.distance(0.5, 0.25)).isEqualTo(-0.5);
    assertThat(square.distance(4, 5)).isEqualTo(5);
  }

  @Test
  void figuresAreJoinedAndCut() {
    Figure ring = Figure.disc(0, 0, 1).without(Figure.disc(0, 0, 0.5));
    assertThat(ring.distance(0, 0)).isEqualTo(0.5);
    assertThat(ring.distance(0.75, 0)).isEqualTo(-0.25);
    assertThat(ring.and(Figure.disc(0, 0, 0.25)).distance(0, 0)).isEqualTo(-0.25);
  }

  @Test
  void cornersLieAroundTheOriginTheFirstUpwards() {
    Figure square = Polygon.around(4, Math.sqrt(2));
    assertThat(square.distance(0, -Math.sqrt(2))).isCloseTo(0, within(1e-15));
    assertThat(square.distance(0, 0)).isCloseTo(-1, within(1e-15));
  }

  @ParameterizedTest
  @EnumSource
  void everyShapeFillsAGoodPartOfItsCircleAndLittleElse(Shape shape) {
    int inside = 0;
    for (double y = -1.25; y < 1.25; y += 0.05) {
      for (double x = -1.25; x < 1.25; x += 0.05) {
        if (shape.figure().distance(x, y) < 0) {
          inside++;
          assertThat(x * x + y * y).isLessThan(1.2 * 1.2);
        }
      }
    }
    double area = inside * 0.05 * 0.05;
    assertThat(area / Math.PI).isBetween(0.3, 0.8);
  }
}
