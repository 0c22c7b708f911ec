package dev.pixelprobe.model;

import java.io.Serializable;

/**
 * How tokens are drawn. The filters apply in the order of the literature: temperature, then top-k
 * (Fan et al. 2018), then top-p (Holtzman et al. 2020).
 *
 * @param temperature divides the logits; 0 takes the likeliest token always
 * @param topK only the k likeliest tokens may be drawn; 0, or more than there are colours, for all
 * @param topP of those only the likeliest that together reach this probability, in (0, 1]; 1 for
 *     all
 * @param seed with the image's index and the position it decides the draw
 */
public record SamplingOptions(double temperature, int topK, double topP, long seed)
    implements Serializable {
  public static final SamplingOptions DEFAULT = new SamplingOptions(1, 40, 1, 0);

  public SamplingOptions {
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("temperature: expected >= 0, got " + temperature);
    }
    if (topK < 0) {
      throw new IllegalArgumentException("topK: expected >= 0, got " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("topP: expected in (0, 1], got " + topP);
    }
  }
}
