package dev.pixelprobe.pipeline.data.shapes;

/**
 * The texture that goes with a shape.
 *
 * @param angle of its lines, in radians
 * @param period in pixels
 */
record Weave(Texture texture, double angle, double period) {
  static Weave of(Texture texture, double degrees, double period) {
    return new Weave(texture, StrictMath.toRadians(degrees), period);
  }

  /** Any texture at any angle. */
  static Weave random(Dice dice) {
    return new Weave(dice.pick(Texture.values()), dice.between(0, 2 * Math.PI), dice.between(4, 9));
  }

  /** Nearly the same: a little turned and a little finer or coarser. */
  Weave varied(Dice dice) {
    return new Weave(texture, angle + dice.between(-0.25, 0.25), period * dice.between(0.85, 1.15));
  }
}
