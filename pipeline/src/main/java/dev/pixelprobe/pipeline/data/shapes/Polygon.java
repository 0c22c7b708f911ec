package dev.pixelprobe.pipeline.data.shapes;

/** A closed polygon, convex or not. */
final class Polygon implements Figure {
  private final double[] xs;
  private final double[] ys;

  private Polygon(double[] xs, double[] ys) {
    this.xs = xs;
    this.ys = ys;
  }

  /**
   * @param coordinates x and y of each corner in turn
   */
  static Polygon of(double... coordinates) {
    double[] xs = new double[coordinates.length / 2];
    double[] ys = new double[coordinates.length / 2];
    for (int i = 0; i < xs.length; i++) {
      xs[i] = coordinates[2 * i];
      ys[i] = coordinates[2 * i + 1];
    }
    return new Polygon(xs, ys);
  }

  /** Corners at equal angles around the origin, at each of the {@code radii} in turn; first up. */
  static Polygon around(int corners, double... radii) {
    double[] xs = new double[corners];
    double[] ys = new double[corners];
    for (int i = 0; i < corners; i++) {
      double angle = 2 * Math.PI * i / corners;
      double radius = radii[i % radii.length];
      xs[i] = radius * StrictMath.sin(angle);
      ys[i] = -radius * StrictMath.cos(angle);
    }
    return new Polygon(xs, ys);
  }

  /** The distance to the nearest edge; its sign flips with each edge a ray from (x, y) crosses. */
  @Override
  public double distance(double x, double y) {
    double nearest = Double.POSITIVE_INFINITY;
    boolean inside = false;
    for (int i = 0, j = xs.length - 1; i < xs.length; j = i++) {
      double edgeX = xs[j] - xs[i];
      double edgeY = ys[j] - ys[i];
      double toX = x - xs[i];
      double toY = y - ys[i];
      double along = (toX * edgeX + toY * edgeY) / (edgeX * edgeX + edgeY * edgeY);
      double t = Math.max(0, Math.min(1, along));
      double offX = toX - t * edgeX;
      double offY = toY - t * edgeY;
      nearest = Math.min(nearest, offX * offX + offY * offY);
      if ((ys[i] > y) != (ys[j] > y) && toX < edgeX * toY / edgeY) {
        inside = !inside;
      }
    }
    return (inside ? -1 : 1) * Math.sqrt(nearest);
  }
}
