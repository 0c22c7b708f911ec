package dev.pixelprobe.model.kmeans;

import dev.pixelprobe.model.NearestColour;
import dev.pixelprobe.model.Palette;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pixels assigned to the nearest colours of a palette: one half of a round of Lloyd's k-means. Each
 * cluster is kept as whole numbers (pixels, sum and sum of squares of each channel), so parts can
 * be added in any order. Not thread-safe.
 */
public final class Clusters {
  private static final int PIXELS = 0;
  private static final int SUM = 1;
  private static final int SQUARES = 4;
  private static final int FIELDS = 7;

  private final Palette palette;
  private final NearestColour nearest;

  /** [colours, FIELDS]. */
  private final long[] sums;

  /**
   * The colour that adds most to each cluster's error, and how much: count times squared distance.
   */
  private final int[] worst;

  private final double[] worstError;
  private long distinct;

  private Clusters(Palette palette, long[] sums, int[] worst, double[] worstError, long distinct) {
    this.palette = palette;
    this.nearest = new NearestColour(palette);
    this.sums = sums;
    this.worst = worst;
    this.worstError = worstError;
    this.distinct = distinct;
  }

  /** No pixels yet. */
  public static Clusters around(Palette palette) {
    int k = palette.size();
    return new Clusters(palette, new long[k * FIELDS], new int[k], new double[k], 0);
  }

  /** Assigns pixels whose colours were not added before. */
  public void add(ColourCounts pixels) {
    for (int i = 0; i < pixels.size(); i++) {
      add(pixels.colour(i), pixels.count(i));
    }
    distinct += pixels.size();
  }

  private void add(int colour, long count) {
    int token = nearest.of(Rgb.channel(colour, 0), Rgb.channel(colour, 1), Rgb.channel(colour, 2));
    sums[token * FIELDS + PIXELS] += count;
    double error = 0;
    for (int channel = 0; channel < 3; channel++) {
      long value = Rgb.channel(colour, channel);
      sums[token * FIELDS + SUM + channel] += count * value;
      sums[token * FIELDS + SQUARES + channel] += count * value * value;
      double difference = value / 127.5 - 1 - palette.at(token, channel);
      error += count * difference * difference;
    }
    if (colour != palette.toRgb(token)) {
      blame(token, colour, error);
    }
  }

  private void blame(int token, int colour, double error) {
    if (error > worstError[token] || (error == worstError[token] && colour < worst[token])) {
      worst[token] = colour;
      worstError[token] = error;
    }
  }

  /** The pixels of both, neither of which changes; no colour may be in both. */
  public Clusters plus(Clusters other) {
    if (!palette.equals(other.palette)) {
      throw new IllegalArgumentException("clusters: expected the same palette, got another");
    }
    Clusters both =
        new Clusters(
            palette, sums.clone(), worst.clone(), worstError.clone(), distinct + other.distinct);
    Arrays.setAll(both.sums, i -> sums[i] + other.sums[i]);
    for (int token = 0; token < palette.size(); token++) {
      both.blame(token, other.worst[token], other.worstError[token]);
    }
    return both;
  }

  public Palette palette() {
    return palette;
  }

  /** Number of distinct colours among the pixels. */
  public long distinct() {
    return distinct;
  }

  public long pixels() {
    return IntStream.range(0, palette.size()).mapToLong(this::pixels).sum();
  }

  private long pixels(int token) {
    return sums[token * FIELDS + PIXELS];
  }

  /** How many of the palette's colours are nearest to no pixel. */
  public int empty() {
    return (int) IntStream.range(0, palette.size()).filter(token -> pixels(token) == 0).count();
  }

  /**
   * Mean over the pixels of the squared distance to the nearest colour, summed over the channels,
   * in the palette's units: pixel p of 0..255 stands at {@code p / 127.5 - 1}. At least one pixel.
   */
  public double meanSquaredError() {
    double sum = 0;
    for (int token = 0; token < palette.size(); token++) {
      for (int channel = 0; channel < 3; channel++) {
        sum += squaredError(token, channel);
      }
    }
    return sum / (127.5 * 127.5) / pixels();
  }

  /** In pixel units: the spread around the mean, and the mean's distance from the colour. */
  private double squaredError(int token, int channel) {
    if (pixels(token) == 0) {
      return 0;
    }
    double mean = mean(token, channel);
    double spread =
        sums[token * FIELDS + SQUARES + channel] - mean * sums[token * FIELDS + SUM + channel];
    double shift = mean - 127.5 * (palette.at(token, channel) + 1.0);
    return Math.max(0, spread) + pixels(token) * shift * shift;
  }

  private double mean(int token, int channel) {
    return (double) sums[token * FIELDS + SUM + channel] / pixels(token);
  }

  /**
   * The other half of a round: the mean of each cluster. A colour that is nearest to no pixel moves
   * to where the error is largest: the first of them to the colour that adds most to the error, the
   * next to the one that adds most in another cluster, and so on; if there are more of them than
   * clusters with an error, the last ones stay. The error never rises by either.
   */
  public Palette update() {
    float[] values = palette.toArray();
    List<Integer> seeds =
        IntStream.range(0, palette.size())
            .filter(token -> worstError[token] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer token) -> -worstError[token]))
            .toList();
    int seed = 0;
    for (int token = 0; token < palette.size(); token++) {
      boolean filled = pixels(token) > 0;
      if (!filled && seed == seeds.size()) {
        continue;
      }
      int moveTo = filled ? 0 : worst[seeds.get(seed++)];
      for (int channel = 0; channel < 3; channel++) {
        double value = filled ? mean(token, channel) : Rgb.channel(moveTo, channel);
        values[token * 3 + channel] = (float) (value / 127.5 - 1);
      }
    }
    return Palette.of(values, "k-means");
  }

  /** Everything, in Java's own order of bytes. */
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(palette.size());
    for (float value : palette.toArray()) {
      out.writeFloat(value);
    }
    for (long sum : sums) {
      out.writeLong(sum);
    }
    for (int token = 0; token < palette.size(); token++) {
      out.writeInt(worst[token]);
      out.writeDouble(worstError[token]);
    }
    out.writeLong(distinct);
  }

  /** What {@link #writeTo} wrote. */
  public static Clusters readFrom(DataInput in) throws IOException {
    float[] values = new float[in.readInt() * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    Clusters clusters = around(Palette.of(values, "clusters"));
    for (int i = 0; i < clusters.sums.length; i++) {
      clusters.sums[i] = in.readLong();
    }
    for (int token = 0; token < clusters.worst.length; token++) {
      clusters.worst[token] = in.readInt();
      clusters.worstError[token] = in.readDouble();
    }
    clusters.distinct = in.readLong();
    return clusters;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Clusters that
        && palette.equals(that.palette)
        && Arrays.equals(sums, that.sums)
        && Arrays.equals(worst, that.worst)
        && Arrays.equals(worstError, that.worstError)
        && distinct == that.distinct;
  }

  @Override
  public int hashCode() {
    return 31 * palette.hashCode() + Arrays.hashCode(sums);
  }

  @Override
  public String toString() {
    return "Clusters[%d colours, %d pixels]".formatted(palette.size(), pixels());
  }
}
