package dev.pixelprobe.pipeline.data.shapes;

/**
 * How a surface is coloured: a texture of two colours, turned and shifted, that fades towards a
 * third colour along one direction.
 *
 * @param period of the texture, in pixels
 * @param turn of the texture and of the fading
 * @param phase of the texture, in periods
 * @param fade how much of {@code far} shows at the far edge of the picture, 0..1
 */
record Paint(
    Texture texture,
    Colour ground,
    Colour pattern,
    double period,
    Turn turn,
    double phase,
    Colour far,
    double fade) {

  /**
   * A weave of {@code base} and a second colour.
   *
   * @param contrast how far the second colour is from {@code base} towards a random one, 0..1
   */
  static Paint random(Dice dice, Weave weave, Colour base, double contrast, double fade) {
    return new Paint(
        weave.texture(),
        base,
        base.mix(Colour.random(dice), contrast),
        weave.period(),
        Turn.by(weave.angle()),
        dice.between(0, 1),
        Colour.random(dice),
        fade);
  }

  /**
   * The colour at a point.
   *
   * @param x in pixels from the middle of the picture, to the right
   * @param y in pixels from the middle of the picture, downwards
   */
  Colour at(double x, double y) {
    double u = turn.x(x, y);
    double v = turn.y(x, y);
    Colour textured = ground.mix(pattern, texture.at(u / period + phase, v / period + phase));
    double depth = Math.max(0, Math.min(1, 0.5 + u / Scene.SIDE));
    return textured.mix(far, fade * depth);
  }
}
