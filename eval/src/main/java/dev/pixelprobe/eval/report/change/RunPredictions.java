package dev.pixelprobe.eval.report.change;

import dev.pixelprobe.eval.InvalidInputException;
import dev.pixelprobe.eval.report.history.Predictions;
import dev.pixelprobe.eval.report.history.Run;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run and what it took its test images for.
 *
 * @param predictions null if it kept none that can be read
 * @param problems with reading them
 */
record RunPredictions(Run run, @Nullable Predictions predictions, List<String> problems) {
  static RunPredictions read(Run run) throws IOException {
    try {
      return new RunPredictions(run, run.predictions().orElse(null), List.of());
    } catch (InvalidInputException e) {
      String withoutPath =
          String.valueOf(e.getMessage()).replace(run.folder().toString(), run.name());
      return new RunPredictions(run, null, List.of(withoutPath));
    }
  }
}
