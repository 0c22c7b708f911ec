package dev.pixelprobe.pipeline.data.shapes;

import dev.pixelprobe.model.RgbImage;
import java.util.Arrays;
import java.util.List;

/**
 * The pictures of the data set, by stream (one for each split) and number. Labels go round in
 * order, so that any first {@code n} pictures are as balanced as {@code n} allows.
 */
public final class ShapePictures {
  /**
   * Raised whenever a picture changes, so that nobody takes stored features for those of others.
   */
  public static final int VERSION = 1;

  private static final Shape[] SHAPES = Shape.values();

  private ShapePictures() {}

  public static List<String> classNames() {
    return Arrays.stream(SHAPES).map(Shape::label).toList();
  }

  public static int label(long number) {
    return (int) (number % SHAPES.length);
  }

  /** Draws 32 x 32 pixels. */
  public static RgbImage draw(int stream, long number) {
    long seed = ((long) VERSION << 48) | ((long) stream << 40) | number;
    Dice dice = new Dice(seed);
    return Scene.random(dice, SHAPES[label(number)]).draw(dice);
  }
}
