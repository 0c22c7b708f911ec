package dev.pixelprobe.pipeline.data.shapes;

/** Red, green and blue, each in 0..1. */
record Colour(double red, double green, double blue) {
  /** How much grey there is in every colour: photographs are rarely vivid. */
  private static final double MUTED = 0.5;

  static Colour random(Dice dice) {
    Colour vivid = new Colour(dice.between(0, 1), dice.between(0, 1), dice.between(0, 1));
    double grey = vivid.brightness();
    return vivid.mix(new Colour(grey, grey, grey), MUTED);
  }

  /** {@code weight} of {@code other}, the rest of this. */
  Colour mix(Colour other, double weight) {
    return new Colour(
        red + weight * (other.red - red),
        green + weight * (other.green - green),
        blue + weight * (other.blue - blue));
  }

  /** Perceived brightness in 0..1, as in Rec. 601. */
  double brightness() {
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  }
}
