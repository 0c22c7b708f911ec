package dev.pixelprobe.pipeline.data.shapes;

import java.util.Locale;

/** The ten classes, each within about the unit circle. The order is the order of the labels. */
public enum Shape {
  CIRCLE(Weave.of(Texture.PLAIN, 0, 9), Figure.disc(0, 0, 0.88)),
  SQUARE(Weave.of(Texture.STRIPES, 0, 7), Polygon.around(4, 1.1)),
  TRIANGLE(Weave.of(Texture.STRIPES, 90, 7), Polygon.around(3, 1.15)),
  STAR(Weave.of(Texture.CHECKS, 0, 9), Polygon.around(10, 1.15, 0.48)),
  RING(Weave.of(Texture.STRIPES, 45, 7), Figure.disc(0, 0, 1).without(Figure.disc(0, 0, 0.55))),
  CROSS(
      Weave.of(Texture.DOTS, 0, 7),
      Polygon.of(-1, -0.33, 1, -0.33, 1, 0.33, -1, 0.33)
          .and(Polygon.of(-0.33, -1, 0.33, -1, 0.33, 1, -0.33, 1))),
  HEART(
      Weave.of(Texture.STRIPES, 0, 12),
      Figure.disc(-0.45, -0.35, 0.52)
          .and(Figure.disc(0.45, -0.35, 0.52))
          .and(Polygon.of(-0.89, -0.08, 0, -0.5, 0.89, -0.08, 0, 1.05))),
  CRESCENT(
      Weave.of(Texture.STRIPES, 90, 12), Figure.disc(0, 0, 1.05).without(Figure.disc(0.5, 0, 0.8))),
  ARROW(
      Weave.of(Texture.CHECKS, 45, 9),
      Polygon.of(
          0, -1.1, 0.9, -0.05, 0.35, -0.05, 0.35, 1.05, -0.35, 1.05, -0.35, -0.05, -0.9, -0.05)),
  HOURGLASS(
      Weave.of(Texture.DOTS, 0, 11),
      Polygon.of(-0.75, -0.9, 0.75, -0.9, 0.12, 0, 0.75, 0.9, -0.75, 0.9, -0.12, 0));

  @SuppressWarnings("ImmutableEnumChecker") // figures are pure functions
  private final Figure figure;

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
  private final Weave weave;

  Shape(Weave weave, Figure figure) {
    this.weave = weave;
    this.figure = figure;
  }

  Figure figure() {
    return figure;
  }

  Weave weave() {
    return weave;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
