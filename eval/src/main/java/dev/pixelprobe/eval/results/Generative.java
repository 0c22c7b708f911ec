package dev.pixelprobe.eval.results;

import dev.pixelprobe.eval.Sample;

/**
 * How well the model predicts images: its mean cross-entropy.
 *
 * @param natsPerTokenStderr standard error of the mean over images
 * @param bitsPerToken the same mean in bits
 */
public record Generative(double natsPerToken, double natsPerTokenStderr, double bitsPerToken) {
  /**
   * The summary of single images.
   *
   * @param natsPerToken mean over the tokens of each image; at least one image
   */
  public static Generative of(double[] natsPerToken) {
    Sample sample = Sample.of(natsPerToken);
    return new Generative(sample.mean(), sample.standardError(), sample.mean() / Math.log(2));
  }
}
