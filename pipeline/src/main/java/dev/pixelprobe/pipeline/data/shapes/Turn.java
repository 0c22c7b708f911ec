package dev.pixelprobe.pipeline.data.shapes;

/** A change to axes that are turned clockwise (y points down). */
record Turn(double cos, double sin) {

  /**
   * @param angle in radians
   */
  static Turn by(double angle) {
    return new Turn(StrictMath.cos(angle), StrictMath.sin(angle));
  }

  /** The point's coordinate along the turned x axis. */
  double x(double x, double y) {
    return cos * x + sin * y;
  }

  /** The point's coordinate along the turned y axis. */
  double y(double x, double y) {
    return cos * y - sin * x;
  }
}
