package dev.pixelprobe.eval.report.change;

import dev.pixelprobe.eval.report.history.Figure;
import dev.pixelprobe.eval.report.history.NatsPerImage;
import dev.pixelprobe.eval.report.history.Predictions;
import dev.pixelprobe.eval.significance.Difference;
import dev.pixelprobe.eval.significance.McNemarTest;
import dev.pixelprobe.eval.significance.PairedTest;
import java.util.Optional;

/** Two runs on the same test images, image by image. */
final class Pairing {
  private final RunImages before;
  private final RunImages after;

  Pairing(RunImages before, RunImages after) {
    this.before = before;
    this.after = after;
  }

  /** Empty unless both runs kept what this probe took the same images for. */
  Optional<Difference> compare(Figure.Accuracy then, Figure.Accuracy now) {
    Predictions x = before.predictions();
    Predictions y = after.predictions();
    if (x == null || y == null || !keeps(x, then) || !keeps(y, now) || !x.sameImagesAs(y)) {
      return Optional.empty();
    }
    boolean[] wasRight = x.right(then.column());
    boolean[] isRight = y.right(now.column());
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

  /** Empty unless both runs kept what each of the same images cost. */
  Optional<Difference> compare(Figure.Nats then, Figure.Nats now) {
    NatsPerImage x = before.nats();
    NatsPerImage y = after.nats();
    if (x == null || y == null || !x.sameImagesAs(y)) {
      return Optional.empty();
    }
    return x.images() == then.n() && y.images() == now.n()
        ? Optional.of(PairedTest.of(x.values(), y.values()))
        : Optional.empty();
  }
}
