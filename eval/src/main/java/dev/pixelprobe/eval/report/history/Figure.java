package dev.pixelprobe.eval.report.history;

import dev.pixelprobe.eval.distance.Interval;
import org.jspecify.annotations.Nullable;

/** A number of a run that is followed over time. Two are of the same series if their labels are. */
public sealed interface Figure {
  /** For people, and unique in its run. */
  String label();

  double value();

  /** Null where none is known. */
  @Nullable Interval ci95();

  /** Which way is better. */
  Direction better();

  /** Which of a figure's ways is better. */
  enum Direction {
    HIGHER,
    LOWER,
    /** Neither: it describes the data, or what it tells is not known. */
    NONE
  }

  /** What an accuracy is of. */
  enum Part {
    /** The layer chosen on held-out images, whichever it was. */
    BEST,
    PROBE,
    BASELINE
  }

  /**
   * Share of test images whose class a probe found.
   *
   * @param column of the run's predictions: {@link dev.pixelprobe.eval.Subject#label}
   * @param n test images
   * @param folds whether it is a mean over predefined folds
   */
  record Accuracy(Part part, String column, double value, Interval interval, int n, boolean folds)
      implements Figure {
    public static final String BEST_LABEL = "best layer";

    @Override
    public String label() {
      return part == Part.BEST ? BEST_LABEL : column;
    }

    @Override
    public Interval ci95() {
      return interval;
    }

    @Override
    public Direction better() {
      return part == Part.BASELINE ? Direction.NONE : Direction.HIGHER;
    }
  }

  /**
   * Mean cross-entropy of the test images.
   *
   * @param n test images
   */
  record Nats(double value, double standardError, int n) implements Figure {
    public static final String LABEL = "nats per token";
    private static final double Z = 1.959963984540054;

    @Override
    public String label() {
      return LABEL;
    }

    @Override
    public Interval ci95() {
      return new Interval(value - Z * standardError, value + Z * standardError);
    }

    @Override
    public Direction better() {
      return Direction.LOWER;
    }
  }

  /**
   * How far samples are from real images.
   *
   * @param extractor what made the features
   * @param nReal null if only their statistics are known
   * @param nFake null likewise
   */
  record Measure(
      String metric,
      String extractor,
      double value,
      @Nullable Interval ci95,
      @Nullable Integer nReal,
      @Nullable Integer nFake)
      implements Figure {
    @Override
    public String label() {
      return Metric.label(metric, extractor);
    }

    @Override
    public Direction better() {
      return Metric.of(metric).better();
    }
  }
}
