package dev.pixelprobe.model.kmeans;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Palette;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The start of k-means++ (Arthur and Vassilvitskii 2007): each new centre is a pixel's colour,
 * drawn with a probability proportional to the pixel's squared distance from the nearest centre so
 * far; the first one uniformly. Distances and their sums are whole numbers, so the draw depends on
 * the counts and the seed alone.
 */
public final class PlusPlusStart {
  private final List<Cell> cells;
  private final Random random;

  private PlusPlusStart(List<Cell> cells, Random random) {
    this.cells = cells;
    this.random = random;
  }

  /**
   * Draws {@code k} distinct colours.
   *
   * @param counts in cells of neighbouring colours, each colour in one cell; their order does not
   *     matter
   * @throws InvalidInputException if there are fewer than {@code k} colours
   */
  public static Palette choose(List<ColourCounts> counts, int k, long seed) {
    long distinct = counts.stream().mapToLong(ColourCounts::size).sum();
    if (k > distinct) {
      throw new InvalidInputException(
          "--colors: expected at most %d, as many as the images have, got %d; ask for fewer or add images"
              .formatted(distinct, k));
    }
    List<Cell> cells =
        counts.stream()
            .filter(cell -> cell.size() > 0)
            .sorted(Comparator.comparingInt(cell -> cell.colour(0)))
            .map(Cell::new)
            .toList();
    return new PlusPlusStart(cells, new Random(seed)).choose(k);
  }

  private Palette choose(int k) {
    float[] values = new float[k * 3];
    for (int token = 0; token < k; token++) {
      int colour = draw();
      for (int channel = 0; channel < 3; channel++) {
        values[token * 3 + channel] = (float) (Rgb.channel(colour, channel) / 127.5 - 1);
      }
      cells.forEach(cell -> cell.approach(colour));
    }
    return Palette.of(values, "start");
  }

  private int draw() {
    long total = cells.stream().mapToLong(Cell::potential).sum();
    long left = Math.min(total - 1, (long) (random.nextDouble() * total));
    for (Cell cell : cells) {
      if (left < cell.potential()) {
        return cell.colourAt(left);
      }
      left -= cell.potential();
    }
    throw new IllegalStateException("no colour is left to draw");
  }

  /** Neighbouring colours and how far each is from the nearest centre. */
  private static final class Cell {
    private final ColourCounts counts;
    private final int[] low = {255, 255, 255};
    private final int[] high = {0, 0, 0};

    /** Squared, in pixel units; all 1 before the first centre, which makes its draw uniform. */
    private final int[] distances;

    private int farthest = Integer.MAX_VALUE;
    private long potential;

    Cell(ColourCounts counts) {
      this.counts = counts;
      this.distances = new int[counts.size()];
      Arrays.fill(distances, 1);
      for (int i = 0; i < counts.size(); i++) {
        for (int channel = 0; channel < 3; channel++) {
          int value = Rgb.channel(counts.colour(i), channel);
          low[channel] = Math.min(low[channel], value);
          high[channel] = Math.max(high[channel], value);
        }
      }
      potential = counts.pixels();
    }

    /** Sum of count times squared distance. */
    long potential() {
      return potential;
    }

    /** The colour in whose share of the potential a number of 0..potential - 1 falls. */
    int colourAt(long position) {
      long left = position;
      int i = 0;
      while (left >= counts.count(i) * distances[i]) {
        left -= counts.count(i) * distances[i];
        i++;
      }
      return counts.colour(i);
    }

    /** Takes a new centre into account; most cells are too far from it to notice. */
    void approach(int centre) {
      if (squaredGap(centre) >= farthest) {
        return;
      }
      boolean first = farthest == Integer.MAX_VALUE;
      farthest = 0;
      potential = 0;
      for (int i = 0; i < distances.length; i++) {
        int distance = Rgb.squaredDistance(counts.colour(i), centre);
        distances[i] = first ? distance : Math.min(distances[i], distance);
        farthest = Math.max(farthest, distances[i]);
        potential += counts.count(i) * distances[i];
      }
    }

    private int squaredGap(int centre) {
      int sum = 0;
      for (int channel = 0; channel < 3; channel++) {
        int value = Rgb.channel(centre, channel);
        int gap = Math.max(0, Math.max(low[channel] - value, value - high[channel]));
        sum += gap * gap;
      }
      return sum;
    }
  }
}
