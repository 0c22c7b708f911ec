package dev.pixelprobe.eval;

/**
 * How well a classifier did on a labelled set.
 *
 * @param nll mean of -ln p(label), in nats
 */
public record Score(ConfusionMatrix confusion, double nll) {
  /** The share of rows whose label was predicted. */
  public double accuracy() {
    return (double) confusion.correct() / confusion.total();
  }
}
