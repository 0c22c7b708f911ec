package dev.pixelprobe.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The protocol of a linear probe: {@link LogisticRegression} for every C on the training rows that
 * are not held out; the C that does best on those held out (accuracy, then lower nll, then smaller
 * C); with it a fit on all training rows; its score on the test rows, which nothing saw before.
 *
 * <p>Each fit standardises by the rows it is fitted on. Thread-safe.
 */
public final class LinearProbe {
  /**
   * How to fit.
   *
   * @param cs the grid of C, in any order; at least one, each positive
   * @param standardize whether features are scaled to mean 0 and deviation 1
   */
  public record Options(List<Double> cs, boolean standardize) {
    /** C from 1e-4 to 1e2 in powers of ten, standardised. */
    public static final Options DEFAULT =
        new Options(List.of(1e-4, 1e-3, 1e-2, 1e-1, 1.0, 1e1, 1e2), true);

    /** Throws {@link InvalidInputException} for a C that is not positive or if there is none. */
    public Options {
      if (cs.isEmpty()) {
        throw new InvalidInputException("C: expected at least one value, got none; try 0.01");
      }
      cs.forEach(LogisticRegression::check);
      cs = List.copyOf(cs);
    }

    /** These options with another grid of C. */
    public Options withCs(List<Double> others) {
      return new Options(others, standardize);
    }

    /** These options with or without standardising. */
    public Options withStandardize(boolean other) {
      return new Options(cs, other);
    }

    /** Scales features as those of {@code fitted} must be, or leaves them as they are. */
    UnaryOperator<LabelledSet> scalingBy(LabelledSet fitted) {
      if (!standardize) {
        return set -> set;
      }
      Standardizer standardizer = Standardizer.fit(fitted.features());
      return set -> set.withFeatures(standardizer.apply(set.features()));
    }

    /** Fits {@code kept} with every C, ascending, and scores {@code validation}. */
    List<CandidateC> candidates(LabelledSet kept, LabelledSet validation) {
      UnaryOperator<LabelledSet> scaling = scalingBy(kept);
      LabelledSet scaledValidation = scaling.apply(validation);
      return LogisticRegression.fit(scaling.apply(kept), cs).stream()
          .map(fit -> new CandidateC(fit.c(), fit.classifier().score(scaledValidation)))
          .toList();
    }
  }

  private final Options options;

  private LinearProbe(Options options) {
    this.options = options;
  }

  public static LinearProbe with(Options options) {
    return new LinearProbe(options);
  }

  /**
   * The whole protocol.
   *
   * @param heldOut one flag per training row; see {@link HoldOut}
   * @throws InvalidInputException if no row is held out, fewer than two rows or classes are left,
   *     or training and test rows differ in width or classes
   */
  public ProbeResult evaluate(LabelledSet train, boolean[] heldOut, LabelledSet test) {
    return evaluateEach(train, heldOut, test).result();
  }

  /** The whole protocol, and what became of each test row. */
  public ProbeOutcome evaluateEach(LabelledSet train, boolean[] heldOut, LabelledSet test) {
    check(train, test);
    CandidateC chosen = choose(train, heldOut);
    return refit(train, chosen.c(), chosen.score(), test);
  }

  /**
   * For rows without ids: a single C needs no choice, so no row is held out and there is no
   * validation score; among several C every tenth training row decides.
   */
  public ProbeResult evaluate(LabelledSet train, LabelledSet test) {
    if (options.cs.size() == 1) {
      check(train, test);
      return refit(train, options.cs.get(0), null, test).result();
    }
    return evaluate(train, HoldOut.everyTenth(train.rows()), test);
  }

  /**
   * The whole protocol on each of a data set's predefined folds, as STL-10 asks for.
   *
   * @param folds the training rows of each fold; the test set is the same for all
   * @return means over the folds, with their spread
   */
  public ProbeResult evaluateFolds(
      LabelledSet train, boolean[] heldOut, List<int[]> folds, LabelledSet test) {
    List<ProbeResult> results = new ArrayList<>();
    for (int[] rows : folds) {
      check(rows, train);
      boolean[] heldOutOfFold = new boolean[rows.length];
      for (int i = 0; i < rows.length; i++) {
        heldOutOfFold[i] = heldOut[rows[i]];
      }
      results.add(evaluate(train.select(rows), heldOutOfFold, test));
    }
    return ProbeResult.meanOf(results);
  }

  private CandidateC choose(LabelledSet train, boolean[] heldOut) {
    if (heldOut.length != train.rows()) {
      throw new IllegalArgumentException(
          "held-out flags: expected %d, got %d".formatted(train.rows(), heldOut.length));
    }
    LabelledSet kept = train.select(rowsWhere(heldOut.length, i -> !heldOut[i]));
    LabelledSet validation = train.select(rowsWhere(heldOut.length, i -> heldOut[i]));
    if (validation.rows() == 0) {
      throw new InvalidInputException(
          "%s: expected some held-out rows to choose C by, got none of %d; give more images or another seed"
              .formatted(train.name(), train.rows()));
    }
    return options.candidates(kept, validation).stream().max(CandidateC.BETTER).orElseThrow();
  }

  private ProbeOutcome refit(
      LabelledSet train, double c, @Nullable Score validation, LabelledSet test) {
    UnaryOperator<LabelledSet> scaling = options.scalingBy(train);
    LogisticRegression.Fit fit = LogisticRegression.fit(scaling.apply(train), List.of(c)).get(0);
    LabelledSet scaled = scaling.apply(test);
    Score score = fit.classifier().score(scaled);
    return new ProbeOutcome(
        ProbeResult.of(validation, fit, train.rows(), score), fit.classifier().predict(scaled));
  }

  static void check(LabelledSet train, LabelledSet test) {
    if (test.rows() == 0) {
      throw new InvalidInputException(
          "%s: expected at least 1 row, got 0; give images to score".formatted(test.name()));
    }
    int width = train.features().columns();
    if (test.features().columns() != width || test.classes() != train.classes()) {
      throw new InvalidInputException(
          "%s: expected %d features and %d classes as in %s, got %d and %d; use the same model and data set"
              .formatted(
                  test.name(),
                  width,
                  train.classes(),
                  train.name(),
                  test.features().columns(),
                  test.classes()));
    }
  }

  private static void check(int[] fold, LabelledSet train) {
    for (int row : fold) {
      if (row < 0 || row >= train.rows()) {
        throw new InvalidInputException(
            "%s: expected rows of folds from 0 to %d, got %d; do not limit a training set with folds"
                .formatted(train.name(), train.rows() - 1, row));
      }
    }
  }

  private static int[] rowsWhere(int rows, IntPredicate condition) {
    return IntStream.range(0, rows).filter(condition).toArray();
  }
}
