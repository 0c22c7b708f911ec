package dev.pixelprobe.model.inception;

import dev.pixelprobe.model.InvalidInputException;

/** What can be read off the network, as a vector per image. Maps are averaged over space. */
public enum InceptionOutput {
  POOL_64("64", "pool", 64),
  POOL_192("192", "pool_1", 192),
  MIXED_768("768", "mixed_7/join", 768),
  /** FID's and KID's. */
  POOL_2048("2048", "pool_3", 2048),
  /** Of the classifier with its bias. */
  LOGITS("logits", InceptionGraph.LOGITS, 1008),
  /** Without: what the original Inception Score is computed from (Salimans et al. 2016). */
  LOGITS_UNBIASED("logits_unbiased", InceptionGraph.PRODUCT, 1008);

  private final String label;
  private final String node;
  private final int dim;

  InceptionOutput(String label, String node, int dim) {
    this.label = label;
    this.node = node;
    this.dim = dim;
  }

  /**
   * One of the four feature taps.
   *
   * @param width 64, 192, 768 or 2048
   * @throws InvalidInputException if it is none of these
   */
  public static InceptionOutput tap(String width) {
    return switch (width) {
      case "64" -> POOL_64;
      case "192" -> POOL_192;
      case "768" -> MIXED_768;
      case "2048" -> POOL_2048;
      default ->
          throw new InvalidInputException(
              "--tap: expected 64, 192, 768 or 2048 of Inception, got " + width);
    };
  }

  /** Its name in the signature of the SavedModel, and in scores: that of torch-fidelity. */
  public String label() {
    return label;
  }

  /** The node of the published graph. */
  String node() {
    return node;
  }

  /** Width of the vector. */
  public int dim() {
    return dim;
  }
}
