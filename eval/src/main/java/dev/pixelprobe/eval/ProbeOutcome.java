package dev.pixelprobe.eval;

import java.util.List;

/**
 * A probe's result, image by image.
 *
 * @param predicted the class that each test row was taken for, in the order of the rows
 */
public record ProbeOutcome(ProbeResult result, List<Integer> predicted) {
  public ProbeOutcome {
    predicted = List.copyOf(predicted);
  }

  /** This outcome, said to be of {@code subject}. */
  public ProbeOutcome of(Subject subject) {
    return new ProbeOutcome(result.of(subject), predicted);
  }
}
