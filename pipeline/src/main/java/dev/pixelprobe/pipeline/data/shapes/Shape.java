package dev.pixelprobe.pipeline.data.shapes;

import java.util.Locale;

/** The ten classes, each within about the unit circle. The order is the order of the labels. */
public enum Shape {
  CIRCLE(Figure.disc(0, 0, 0.88)),
  SQUARE(Polygon.around(4, 1.1)),
  TRIANGLE(Polygon.around(3, 1.15)),
  STAR(Polygon.around(10, 1.15, 0.48)),
  RING(Figure.disc(0, 0, 1).without(Figure.disc(0, 0, 0.55))),
  CROSS(
      Polygon.of(-1, -0.33, 1, -0.33, 1, 0.33, -1, 0.33)
          .and(Polygon.of(-0.33, -1, 0.33, -1, 0.33, 1, -0.33, 1))),
  HEART(
      Figure.disc(-0.45, -0.35, 0.52)
          .and(Figure.disc(0.45, -0.35, 0.52))
          .and(Polygon.of(-0.89, -0.08, 0, -0.5, 0.89, -0.08, 0, 1.05))),
  CRESCENT(Figure.disc(0, 0, 1.05).without(Figure.disc(0.5, 0, 0.8))),
  ARROW(
      Polygon.of(
          0, -1.1, 0.9, -0.05, 0.35, -0.05, 0.35, 1.05, -0.35, 1.05, -0.35, -0.05, -0.9, -0.05)),
  HOURGLASS(Polygon.of(-0.75, -0.9, 0.75, -0.9, 0.12, 0, 0.75, 0.9, -0.75, 0.9, -0.12, 0));

  @SuppressWarnings("ImmutableEnumChecker") // figures are pure functions
  private final Figure figure;

  Shape(Figure figure) {
    this.figure = figure;
  }

  Figure figure() {
    return figure;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
