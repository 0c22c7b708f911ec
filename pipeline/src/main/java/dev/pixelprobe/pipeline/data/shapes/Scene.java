package dev.pixelprobe.pipeline.data.shapes;

import dev.pixelprobe.model.RgbImage;

/**
 * One shape on a background.
 *
 * @param centreX in pixels from the middle of the picture, to the right
 * @param centreY in pixels from the middle of the picture, downwards
 * @param radius of the shape's unit circle, in pixels
 */
record Scene(
    Shape shape,
    double centreX,
    double centreY,
    double radius,
    Turn turn,
    Paint fill,
    Paint background) {
  static final int SIDE = 32;

  /** Points per pixel and direction. */
  private static final int SAMPLES = 3;

  /** Greatest change of a channel by noise. */
  private static final double NOISE = 0.04;

  /** Least difference in brightness between shape and background. */
  private static final double CONTRAST = 0.3;

  static Scene random(Dice dice, Shape shape) {
    double sign = dice.chance(0.5) ? 1 : -1;
    Colour front = Colour.random(dice);
    Colour behind = Colour.random(dice);
    while (sign * (front.brightness() - behind.brightness()) < CONTRAST) {
      front = Colour.random(dice);
      behind = Colour.random(dice);
    }
    double radius = dice.between(10.5, 14);
    double room = SIDE / 2.0 - 0.95 * radius;
    return new Scene(
        shape,
        dice.between(-room, room),
        dice.between(-room, room),
        radius,
        Turn.by(dice.between(-0.5, 0.5)),
        Paint.random(dice, shape.weave().varied(dice), front, 0.9, 0.15),
        Paint.random(dice, Weave.random(dice), behind, 0.08, 0.25));
  }

  RgbImage draw(Dice dice) {
    byte[] rgb = new byte[SIDE * SIDE * 3];
    int next = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        Colour pixel = average(x, y);
        rgb[next++] = level(pixel.red() + NOISE * dice.noise());
        rgb[next++] = level(pixel.green() + NOISE * dice.noise());
        rgb[next++] = level(pixel.blue() + NOISE * dice.noise());
      }
    }
    return RgbImage.wrap(SIDE, SIDE, rgb);
  }

  /** The mean over a grid of points in one pixel, so that edges come out smooth. */
  private Colour average(int column, int row) {
    Colour mean = at(middle(column, 0), middle(row, 0));
    for (int n = 1; n < SAMPLES * SAMPLES; n++) {
      Colour sample = at(middle(column, n % SAMPLES), middle(row, n / SAMPLES));
      mean = mean.mix(sample, 1.0 / (n + 1));
    }
    return mean;
  }

  private static double middle(int pixel, int sample) {
    return pixel + (sample + 0.5) / SAMPLES - SIDE / 2.0;
  }

  private Colour at(double x, double y) {
    double dx = (x - centreX) / radius;
    double dy = (y - centreY) / radius;
    boolean inside = shape.figure().distance(turn.x(dx, dy), turn.y(dx, dy)) < 0;
    return (inside ? fill : background).at(x, y);
  }

  private static byte level(double value) {
    return (byte) Math.rint(255 * Math.max(0, Math.min(1, value)));
  }
}
