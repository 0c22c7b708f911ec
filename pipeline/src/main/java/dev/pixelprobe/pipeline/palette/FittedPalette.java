package dev.pixelprobe.pipeline.palette;

import dev.pixelprobe.model.Palette;
import java.util.List;
import java.util.Optional;

/**
 * What a fit gave.
 *
 * @param images how many were used
 * @param steps the start, then every round
 * @param compared how well the palette fits that was to be compared with, if any
 * @param deadLetters how many records could not be used
 */
public record FittedPalette(
    Palette palette,
    long images,
    List<FitStep> steps,
    Optional<FitStep> compared,
    int deadLetters) {
  public FittedPalette {
    steps = List.copyOf(steps);
  }
}
