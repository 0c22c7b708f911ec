package dev.pixelprobe.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A linear probe with few labels, as Chen et al. 2020 (Generative Pretraining from Pixels) measure
 * low-data classification: CIFAR-10 with 4, 25 and 400 labels per class, where iGPT-L reaches 73.2,
 * 87.6 and 94.3% of the test images.
 *
 * <p>That many training images of every class are drawn several times ({@link BalancedDraw}). Each
 * draw chooses C by stratified cross-validation within its own images, in {@value #MAX_FOLDS} folds
 * or, with fewer labels per class, as many as there are: the C that does best on the images left
 * out, by {@link LinearProbe}'s order. Once {@value #ENOUGH_LEFT_OUT} images were left out no
 * further fold is. With it all images drawn are fitted, and the whole test set is scored once. No
 * other label is looked at, and each fit standardises by the rows it is fitted on. A grid of a
 * single C needs no choice; with a single label per class there is nothing to choose by, and C is
 * {@value #SINGLE_LABEL_C}.
 *
 * <p>Thread-safe.
 */
public final class LabelEfficientProbe {
  /** C for several candidates and a single label per class: scikit-learn's default. */
  public static final double SINGLE_LABEL_C = 1.0;

  private static final int MAX_FOLDS = 5;

  /** An accuracy on so many has a standard error of 2.3 points at most. */
  private static final int ENOUGH_LEFT_OUT = 500;

  /** The C of a draw, and its score by cross-validation if that chose it. */
  private record Choice(double c, @Nullable Double accuracy) {}

  private final LinearProbe.Options options;
  private final int draws;
  private final long seed;

  private LabelEfficientProbe(LinearProbe.Options options, int draws, long seed) {
    this.options = options;
    this.draws = draws;
    this.seed = seed;
  }

  /**
   * Throws {@link InvalidInputException} if {@code draws} is not positive.
   *
   * @param seed with an image's id and the number of the draw it settles who is drawn
   */
  public static LabelEfficientProbe with(LinearProbe.Options options, int draws, long seed) {
    checkPositive("draws", draws);
    return new LabelEfficientProbe(options, draws, seed);
  }

  /**
   * The whole protocol.
   *
   * @param ids of the training rows, none twice
   * @throws InvalidInputException if a class has fewer training rows than asked for, or training
   *     and test rows differ in width or classes
   */
  public LabelEfficiency evaluate(
      LabelledSet train, List<String> ids, int labelsPerClass, LabelledSet test) {
    checkPositive("labels per class", labelsPerClass);
    LinearProbe.check(train, test);
    List<LabelEfficiency.Draw> results = new ArrayList<>();
    for (int draw = 0; draw < draws; draw++) {
      int[] rows = BalancedDraw.rows(train, ids, labelsPerClass, seed, draw);
      results.add(evaluate(train.select(rows), labelsPerClass, test));
    }
    return LabelEfficiency.of(
        train.features().columns(),
        labelsPerClass,
        labelsPerClass * train.classes(),
        test.rows(),
        results);
  }

  private LabelEfficiency.Draw evaluate(LabelledSet drawn, int labelsPerClass, LabelledSet test) {
    Choice choice = choose(drawn, labelsPerClass);
    UnaryOperator<LabelledSet> scaling = options.scalingBy(drawn);
    LogisticRegression.Fit fit =
        LogisticRegression.fit(scaling.apply(drawn), List.of(choice.c)).get(0);
    Score score = fit.classifier().score(scaling.apply(test));
    return new LabelEfficiency.Draw(
        choice.c,
        choice.accuracy,
        score.accuracy(),
        score.nll(),
        fit.iterations(),
        fit.converged());
  }

  private Choice choose(LabelledSet drawn, int labelsPerClass) {
    if (options.cs().size() == 1) {
      return new Choice(options.cs().get(0), null);
    }
    if (labelsPerClass == 1) {
      return new Choice(SINGLE_LABEL_C, null);
    }
    CandidateC best =
        crossValidated(drawn, labelsPerClass).stream().max(CandidateC.BETTER).orElseThrow();
    return new Choice(best.c(), best.score().accuracy());
  }

  /** Every C with its score on the rows of the folds, each by the fit that left its fold out. */
  private List<CandidateC> crossValidated(LabelledSet drawn, int labelsPerClass) {
    int folds = Math.min(MAX_FOLDS, labelsPerClass);
    int[] foldOf = BalancedDraw.folds(labelsPerClass, drawn.classes(), folds);
    List<List<CandidateC>> byFold =
        IntStream.range(0, foldsToLeaveOut(folds, drawn.rows()))
            .mapToObj(
                fold ->
                    options.candidates(
                        drawn.select(rowsWhere(foldOf, f -> f != fold)),
                        drawn.select(rowsWhere(foldOf, f -> f == fold))))
            .toList();
    return IntStream.range(0, byFold.get(0).size())
        .mapToObj(
            i ->
                new CandidateC(
                    byFold.get(0).get(i).c(),
                    Score.pooled(byFold.stream().map(scores -> scores.get(i).score()).toList())))
        .toList();
  }

  private static int foldsToLeaveOut(int folds, int rows) {
    double rowsOfFold = (double) rows / folds;
    return (int) Math.min(folds, Math.ceil(ENOUGH_LEFT_OUT / rowsOfFold));
  }

  private static int[] rowsWhere(int[] foldOf, IntPredicate condition) {
    return IntStream.range(0, foldOf.length).filter(row -> condition.test(foldOf[row])).toArray();
  }

  private static void checkPositive(String what, int count) {
    if (count < 1) {
      throw new InvalidInputException(
          "%s: expected 1 or more, got %d; try 5".formatted(what, count));
    }
  }
}
