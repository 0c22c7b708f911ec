package dev.pixelprobe.model.kmeans;

import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Colours for tests. */
final class Pixels {
  private Pixels() {}

  /** Reds, greens and blues in turn, each as often as it is named, in cells of 32 x 32 x 32. */
  static List<ColourCounts> cells(int... colours) {
    byte[] rgb = new byte[colours.length * 3];
    for (int i = 0; i < colours.length; i++) {
      rgb[i * 3] = (byte) (colours[i] >> 16);
      rgb[i * 3 + 1] = (byte) (colours[i] >> 8);
      rgb[i * 3 + 2] = (byte) colours[i];
    }
    ColourCounter counter = new ColourCounter();
    counter.add(RgbImage.wrap(1, colours.length, rgb));
    List<ColourCounts> cells = new ArrayList<>();
    counter.forEachCell((cell, counts) -> cells.add(counts));
    return cells;
  }

  /** Any colours, the same for the same seed. */
  static int[] noise(int pixels, long seed) {
    return new Random(seed).ints(pixels, 0, 1 << 24).toArray();
  }

  /** The palette of these colours. */
  static Palette palette(int... colours) {
    float[] values = new float[colours.length * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (Rgb.channel(colours[i / 3], i % 3) / 127.5 - 1);
    }
    return Palette.of(values, "test");
  }

  static Clusters assign(Palette palette, List<ColourCounts> cells) {
    Clusters clusters = Clusters.around(palette);
    cells.forEach(clusters::add);
    return clusters;
  }
}
