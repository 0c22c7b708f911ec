package dev.pixelprobe.eval.report.change;

import dev.pixelprobe.eval.InvalidInputException;
import dev.pixelprobe.eval.report.history.NatsPerImage;
import dev.pixelprobe.eval.report.history.Predictions;
import dev.pixelprobe.eval.report.history.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run and what it kept of single test images.
 *
 * @param predictions null if it kept none that can be read
 * @param nats null likewise
 * @param problems with reading them
 */
record RunImages(
    Run run,
    @Nullable Predictions predictions,
    @Nullable NatsPerImage nats,
    List<String> problems) {
  RunImages {
    problems = List.copyOf(problems);
  }

  /** A file of one number or more per image. */
  @FunctionalInterface
  private interface Reading<T> {
    Optional<T> read() throws IOException;
  }

  static RunImages read(Run run) throws IOException {
    List<String> problems = new ArrayList<>();
    return new RunImages(
        run, readOr(run::predictions, run, problems), readOr(run::nats, run, problems), problems);
  }

  private static <T> @Nullable T readOr(Reading<T> file, Run run, List<String> problems)
      throws IOException {
    try {
      return file.read().orElse(null);
    } catch (InvalidInputException e) {
      problems.add(String.valueOf(e.getMessage()).replace(run.folder().toString(), run.name()));
      return null;
    }
  }
}
