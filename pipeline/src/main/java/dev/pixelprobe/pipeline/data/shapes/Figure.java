package dev.pixelprobe.pipeline.data.shapes;

/** An outline as a signed distance: negative inside, y pointing down as in images. */
interface Figure {
  double distance(double x, double y);

  static Figure disc(double centreX, double centreY, double radius) {
    return (x, y) ->
        Math.sqrt((x - centreX) * (x - centreX) + (y - centreY) * (y - centreY)) - radius;
  }

  /** What is in this figure or in {@code other}. */
  default Figure and(Figure other) {
    return (x, y) -> Math.min(distance(x, y), other.distance(x, y));
  }

  /** What is in this figure but not in {@code other}. */
  default Figure without(Figure other) {
    return (x, y) -> Math.max(distance(x, y), -other.distance(x, y));
  }
}
