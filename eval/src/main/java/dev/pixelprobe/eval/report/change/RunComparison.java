package dev.pixelprobe.eval.report.change;

import dev.pixelprobe.eval.report.history.Figure;
import dev.pixelprobe.eval.report.history.Run;
import dev.pixelprobe.eval.significance.Difference;
import dev.pixelprobe.eval.significance.DisjointIntervals;
import dev.pixelprobe.eval.significance.Holm;
import dev.pixelprobe.eval.significance.TwoProportionTest;
import dev.pixelprobe.eval.significance.WelchTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A run beside an earlier one of the same model and data set, figure by figure. The p-values are
 * adjusted for their number, so that of runs that differ by chance alone a share of alpha at most
 * is flagged.
 *
 * @param changes of the figures that both have, in the order of the later run
 * @param notes what else differs between the runs
 */
public record RunComparison(Run before, Run after, List<FigureChange> changes, List<String> notes) {
  public RunComparison {
    changes = List.copyOf(changes);
    notes = List.copyOf(notes);
  }

  /**
   * Compares two runs.
   *
   * @param alpha share of comparisons that may flag what is chance
   */
  static RunComparison of(RunImages before, RunImages after, double alpha) {
    Pairing pairing = new Pairing(before, after);
    List<FigureChange> raw = new ArrayList<>();
    for (Figure now : after.run().figures()) {
      before.run().figures().stream()
          .filter(then -> then.label().equals(now.label()) && then.getClass() == now.getClass())
          .findFirst()
          .ifPresent(then -> raw.add(compare(then, now, pairing)));
    }
    List<String> notes =
        Stream.of(
                RunDifferences.between(before.run(), after.run()),
                before.problems(),
                after.problems())
            .flatMap(List::stream)
            .toList();
    return new RunComparison(before.run(), after.run(), judged(raw, alpha), notes);
  }

  private static FigureChange compare(Figure then, Figure now, Pairing pairing) {
    String obstacle = obstacle(then, now);
    @Nullable Difference difference = obstacle.isEmpty() ? test(then, now, pairing) : null;
    return new FigureChange(then, now, difference, null, Verdict.NOT_COMPARED, obstacle);
  }

  private static Difference test(Figure then, Figure now, Pairing pairing) {
    if (then instanceof Figure.Accuracy p1 && now instanceof Figure.Accuracy p2) {
      return pairing
          .compare(p1, p2)
          .orElseGet(() -> TwoProportionTest.of(p1.value(), p1.n(), p2.value(), p2.n()));
    }
    if (then instanceof Figure.Nats x && now instanceof Figure.Nats y) {
      return pairing.compare(x, y).orElseGet(() -> WelchTest.of(mean(x), mean(y)));
    }
    return DisjointIntervals.of(
        then.value(),
        Objects.requireNonNull(then.ci95()),
        now.value(),
        Objects.requireNonNull(now.ci95()));
  }

  private static WelchTest.Mean mean(Figure.Nats nats) {
    return new WelchTest.Mean(nats.value(), nats.standardError(), nats.n());
  }

  /** Why the two cannot be compared; empty if they can. */
  private static String obstacle(Figure then, Figure now) {
    if (then instanceof Figure.Measure x && now instanceof Figure.Measure y) {
      if (!Objects.equals(x.nReal(), y.nReal()) || !Objects.equals(x.nFake(), y.nFake())) {
        return "other numbers of images, on which the value depends";
      }
      return x.ci95() == null || y.ci95() == null ? "no interval is known" : "";
    }
    boolean single =
        then instanceof Figure.Nats x && now instanceof Figure.Nats y && Math.min(x.n(), y.n()) < 2;
    return single ? "a single image has no standard error" : "";
  }

  private static List<FigureChange> judged(List<FigureChange> raw, double alpha) {
    double[] adjusted =
        Holm.adjust(
            raw.stream()
                .map(FigureChange::difference)
                .filter(Objects::nonNull)
                .mapToDouble(Difference::pValue)
                .toArray());
    List<FigureChange> judged = new ArrayList<>();
    int next = 0;
    for (FigureChange change : raw) {
      Difference difference = change.difference();
      judged.add(difference == null ? change : judged(change, difference, adjusted[next++], alpha));
    }
    return judged;
  }

  private static FigureChange judged(
      FigureChange change, Difference difference, double adjustedP, double alpha) {
    Verdict verdict =
        adjustedP < alpha ? Verdict.of(change.after(), difference.value()) : Verdict.NOISE;
    return new FigureChange(
        change.before(), change.after(), difference, adjustedP, verdict, change.note());
  }

  /** Those beyond chance. */
  public List<FigureChange> flagged() {
    return changes.stream().filter(change -> change.verdict().flagged()).toList();
  }

  /** What became of the figure of this label; empty if it was not there before. */
  public Optional<FigureChange> of(String label) {
    return changes.stream().filter(change -> change.after().label().equals(label)).findFirst();
  }
}
