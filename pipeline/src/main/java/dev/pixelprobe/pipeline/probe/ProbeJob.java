package dev.pixelprobe.pipeline.probe;

import dev.pixelprobe.eval.Baselines;
import dev.pixelprobe.eval.HoldOut;
import dev.pixelprobe.eval.LabelEfficiency;
import dev.pixelprobe.eval.LabelEfficientProbe;
import dev.pixelprobe.eval.LabelledSet;
import dev.pixelprobe.eval.LinearProbe;
import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.ProbeOutcome;
import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.Subject;
import dev.pixelprobe.eval.results.ProbeLine;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureColumn;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.features.FeatureTable;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;

/**
 * A plan for one feature set.
 *
 * @param features its directory
 * @param classes number of classes
 */
record ProbeJob(String features, int classes, ProbePlan plan) implements Serializable {
  private static final String MAJORITY = "majority";
  private static final String COLOUR_HISTOGRAM = "colour_histogram";
  private static final String PIXELS = "pixels";

  /** What any layer must beat. */
  static final List<String> BASELINES = List.of(MAJORITY, COLOUR_HISTOGRAM, PIXELS);

  /** Those of them that a classifier reads. */
  static final List<String> FEATURE_BASELINES = List.of(COLOUR_HISTOGRAM, PIXELS);

  /** Reads the columns of one of the plan's tasks and probes them. */
  ProbeLine fit(int number) throws IOException {
    ProbeTask task = plan.tasks().get(number);
    FeatureReader reader = FeatureReader.open(features);
    ProbeInput input = task.input();
    FeatureTable train = read(reader, Split.TRAIN, input);
    FeatureTable test = read(reader, Split.TEST, input);
    Subject subject = subject(reader, input);
    if (task.labelsPerClass() != null) {
      return ProbeLine.of(number, probe(train, test, task.labelsPerClass()).of(subject));
    }
    List<int[]> folds = FoldRows.of(train.ids(), reader.manifest().folds());
    if (folds.isEmpty()) {
      return ProbeLine.of(number, probe(train, test, input).of(subject));
    }
    return ProbeLine.ofFolds(
        number,
        input.columns().contains(MAJORITY)
            ? probe(train, test, input).result()
            : probe(train, test, folds).of(subject));
  }

  private static FeatureTable read(FeatureReader reader, Split split, ProbeInput input)
      throws IOException {
    return switch (input.columns().get(0)) {
      case MAJORITY -> reader.labels(split);
      case COLOUR_HISTOGRAM -> reader.colourCounts(split);
      case PIXELS -> reader.pixels(split);
      default -> reader.features(split, input.columns());
    };
  }

  private static Subject subject(FeatureReader reader, ProbeInput input) {
    if (BASELINES.contains(input.columns().get(0))) {
      return Subject.baseline(input.columns().get(0));
    }
    List<FeatureColumn> columns = input.columns().stream().map(reader::column).toList();
    String features = columns.get(0).features();
    List<Integer> layers =
        columns.stream().map(FeatureColumn::layer).filter(Objects::nonNull).toList();
    return switch (layers.size()) {
      case 0 -> Subject.output(features);
      case 1 -> Subject.layer(layers.get(0), features);
      default -> Subject.layers(layers, features);
    };
  }

  private ProbeOutcome probe(FeatureTable train, FeatureTable test, ProbeInput input) {
    LabelledSet trainSet = labelled("training set", train);
    LabelledSet testSet = labelled("test set", test);
    boolean[] heldOut = heldOut(train.ids());
    return input.columns().contains(MAJORITY)
        ? Baselines.majority(trainSet, heldOut, testSet)
        : LinearProbe.with(options()).evaluateEach(trainSet, heldOut, testSet);
  }

  private ProbeResult probe(FeatureTable train, FeatureTable test, List<int[]> folds) {
    return LinearProbe.with(options())
        .evaluateFolds(
            labelled("training set", train),
            heldOut(train.ids()),
            folds,
            labelled("test set", test));
  }

  /** Predefined folds have no say here: the images are drawn from the whole training split. */
  private LabelEfficiency probe(FeatureTable train, FeatureTable test, int labelsPerClass) {
    return LabelEfficientProbe.with(options(), plan.draws(), plan.seed())
        .evaluate(
            labelled("training set", train),
            train.ids(),
            labelsPerClass,
            labelled("test set", test));
  }

  private LinearProbe.Options options() {
    return LinearProbe.Options.DEFAULT.withCs(plan.cs());
  }

  private LabelledSet labelled(String name, FeatureTable table) {
    Matrix matrix = Matrix.wrap(table.values(), table.rows(), table.width());
    return LabelledSet.of(name, matrix, table.labels(), classes);
  }

  private boolean[] heldOut(List<String> ids) {
    boolean[] heldOut = new boolean[ids.size()];
    for (int row = 0; row < heldOut.length; row++) {
      heldOut[row] = HoldOut.contains(ids.get(row), plan.seed());
    }
    return heldOut;
  }
}
