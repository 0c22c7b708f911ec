package dev.pixelprobe.model;

/**
 * An image to be sampled.
 *
 * @param index decides its random numbers, together with the seed; at least 0
 * @param tokens the first tokens of the image, row-major, where they are given; else none
 */
public record ImageStart(long index, Tokens tokens) {
  /** An image of which nothing is given. */
  public static ImageStart empty(long index) {
    return new ImageStart(index, Tokens.wrap(new short[0]));
  }
}
