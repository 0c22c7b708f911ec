package dev.pixelprobe.eval.report.change;

import dev.pixelprobe.eval.report.history.Run;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The runs of one model on one data set, each beside the one before.
 *
 * @param runs in the order of time, at least one
 * @param steps one fewer
 * @param latest the last run beside the one before, or beside the baseline; null for a single run
 */
public record Trend(List<Run> runs, List<RunComparison> steps, @Nullable RunComparison latest) {
  public Trend {
    runs = List.copyOf(runs);
    steps = List.copyOf(steps);
  }

  /**
   * Compares all runs of one subject.
   *
   * @param baselines names of runs that the last is compared with rather than with the one before
   * @param alpha share of comparisons that may flag what is chance
   */
  public static Trend of(List<Run> runs, List<String> baselines, double alpha) throws IOException {
    List<RunComparison> steps = new ArrayList<>();
    RunImages before = RunImages.read(runs.get(0));
    @Nullable RunImages baseline = isIn(baselines, before) ? before : null;
    for (Run run : runs.subList(1, runs.size())) {
      RunImages now = RunImages.read(run);
      steps.add(RunComparison.of(before, now, alpha));
      before = now;
      baseline = isIn(baselines, now) ? now : baseline;
    }
    RunComparison step = steps.isEmpty() ? null : steps.get(steps.size() - 1);
    if (baseline == null || baseline.run().equals(before.run())) {
      return new Trend(runs, steps, step);
    }
    return new Trend(runs, steps, RunComparison.of(baseline, before, alpha));
  }

  private static boolean isIn(List<String> names, RunImages run) {
    return names.contains(run.run().name());
  }

  public Run last() {
    return runs.get(runs.size() - 1);
  }

  /** The comparison that ends with this run; empty for the first. */
  public Optional<RunComparison> stepTo(Run run) {
    return steps.stream().filter(step -> step.after().equals(run)).findFirst();
  }
}
