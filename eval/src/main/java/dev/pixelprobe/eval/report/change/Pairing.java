package dev.pixelprobe.eval.report.change;

import dev.pixelprobe.eval.report.history.Figure;
import dev.pixelprobe.eval.report.history.Predictions;
import dev.pixelprobe.eval.significance.Difference;
import dev.pixelprobe.eval.significance.McNemarTest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The predictions of two runs for the same test images. */
final class Pairing {
  private final Predictions before;
  private final Predictions after;

  private Pairing(Predictions before, Predictions after) {
    this.before = before;
    this.after = after;
  }

  /** Empty unless both are there and of the same images. */
  static Optional<Pairing> of(@Nullable Predictions before, @Nullable Predictions after) {
    return before != null && after != null && before.sameImagesAs(after)
        ? Optional.of(new Pairing(before, after))
        : Optional.empty();
  }

  /** Empty unless both runs kept what this probe took the images for. */
  Optional<Difference> compare(Figure.Accuracy then, Figure.Accuracy now) {
    if (!keeps(before, then) || !keeps(after, now)) {
      return Optional.empty();
    }
    boolean[] wasRight = before.right(then.column());
    boolean[] isRight = after.right(now.column());
    int onlyBefore = 0;
    int onlyAfter = 0;
    for (int i = 0; i < wasRight.length; i++) {
      onlyBefore += wasRight[i] && !isRight[i] ? 1 : 0;
      onlyAfter += isRight[i] && !wasRight[i] ? 1 : 0;
    }
    return Optional.of(McNemarTest.of(onlyBefore, onlyAfter, wasRight.length));
  }

  private static boolean keeps(Predictions predictions, Figure.Accuracy figure) {
    return !figure.folds()
        && predictions.has(figure.column())
        && predictions.images() == figure.n();
  }
}
