package dev.pixelprobe.pipeline.palette;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.kmeans.Clusters;
import java.util.ArrayList;
import java.util.List;

/**
 * How well one palette fits.
 *
 * @param round how many of Lloyd's rounds made it: 0 is the start; {@link #COMPARED} is a palette
 *     from elsewhere
 * @param distinct colours among the pixels
 * @param meanSquaredError mean over the pixels of the squared distance to the nearest colour, in
 *     the palette's units [-1, 1]
 * @param empty colours nearest to no pixel
 * @param values the palette's, row-major; empty except for the last round
 */
public record FitStep(
    int round, long pixels, long distinct, double meanSquaredError, int empty, List<Float> values) {
  public static final int COMPARED = -1;

  private static final ObjectMapper JSON = new ObjectMapper();

  public FitStep {
    values = List.copyOf(values);
  }

  static FitStep of(int round, Clusters clusters) {
    return new FitStep(
        round,
        clusters.pixels(),
        clusters.distinct(),
        clusters.meanSquaredError(),
        clusters.empty(),
        List.of());
  }

  FitStep withPalette(Palette palette) {
    List<Float> all = new ArrayList<>();
    for (float value : palette.toArray()) {
      all.add(value);
    }
    return new FitStep(round, pixels, distinct, meanSquaredError, empty, all);
  }

  Palette palette() {
    float[] all = new float[values.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = values.get(i);
    }
    return Palette.of(all, "k-means");
  }

  /**
   * Peak signal-to-noise ratio in dB: the square of a channel's range over its mean squared error;
   * infinite without an error.
   */
  public double psnr() {
    double range = 2;
    return 10 * Math.log10(range * range / (meanSquaredError / 3));
  }

  String toLine() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a step is always JSON: " + this, e);
    }
  }

  static FitStep parse(String line) {
    try {
      return JSON.readValue(line, FitStep.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("expected a step as JSON, got " + line, e);
    }
  }
}
