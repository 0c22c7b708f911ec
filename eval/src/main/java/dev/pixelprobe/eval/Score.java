package dev.pixelprobe.eval;

import java.util.List;

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

  /** The score on all rows of several sets together. */
  static Score pooled(List<Score> scores) {
    ConfusionMatrix confusion = ConfusionMatrix.sum(scores.stream().map(Score::confusion).toList());
    double loss = scores.stream().mapToDouble(s -> s.nll * s.confusion.total()).sum();
    return new Score(confusion, loss / confusion.total());
  }
}
