package dev.pixelprobe.model.kmeans;

import dev.pixelprobe.model.RgbImage;
import java.util.Arrays;

/**
 * Counts the colours of images, in cells of 32 x 32 x 32 colours. A cell takes 256 KiB from its
 * first pixel on, all of them together 128 MiB. Not thread-safe.
 */
public final class ColourCounter {
  private static final int CELLS = 1 << 9;
  private static final int CELL_COLOURS = 1 << 15;

  private final long[][] cells = new long[CELLS][];

  /** What is done with one cell. */
  @FunctionalInterface
  public interface CellConsumer {
    void accept(int cell, ColourCounts counts);
  }

  /** Counts every pixel. */
  public void add(RgbImage image) {
    byte[] rgb = image.bytes();
    for (int i = 0; i < rgb.length; i += 3) {
      int r = rgb[i] & 0xff;
      int g = rgb[i + 1] & 0xff;
      int b = rgb[i + 2] & 0xff;
      int cell = ((r >> 5) << 6) | ((g >> 5) << 3) | (b >> 5);
      long[] counts = cells[cell];
      if (counts == null) {
        counts = new long[CELL_COLOURS];
        cells[cell] = counts;
      }
      counts[((r & 31) << 10) | ((g & 31) << 5) | (b & 31)]++;
    }
  }

  /** Every cell that has pixels, in ascending order. */
  public void forEachCell(CellConsumer consumer) {
    for (int cell = 0; cell < CELLS; cell++) {
      long[] counts = cells[cell];
      if (counts != null) {
        consumer.accept(cell, compact(cell, counts));
      }
    }
  }

  private static ColourCounts compact(int cell, long[] counts) {
    int[] colours = new int[CELL_COLOURS];
    long[] present = new long[CELL_COLOURS];
    int size = 0;
    for (int i = 0; i < CELL_COLOURS; i++) {
      if (counts[i] > 0) {
        int r = ((cell >> 6) << 5) | (i >> 10);
        int g = (((cell >> 3) & 7) << 5) | ((i >> 5) & 31);
        int b = ((cell & 7) << 5) | (i & 31);
        colours[size] = (r << 16) | (g << 8) | b;
        present[size++] = counts[i];
      }
    }
    return ColourCounts.wrap(Arrays.copyOf(colours, size), Arrays.copyOf(present, size));
  }
}
