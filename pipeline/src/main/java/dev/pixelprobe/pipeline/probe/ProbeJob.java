package dev.pixelprobe.pipeline.probe;

import dev.pixelprobe.eval.Baselines;
import dev.pixelprobe.eval.HoldOut;
import dev.pixelprobe.eval.LabelledSet;
import dev.pixelprobe.eval.LinearProbe;
import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureColumn;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.features.FeatureTable;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * How to probe one feature set.
 *
 * @param features its directory
 * @param classes number of classes
 * @param cs the grid of C; one value: no selection
 * @param seed with an image's id it settles whether the image is held out for validation
 */
public record ProbeJob(String features, int classes, List<Double> cs, long seed)
    implements Serializable {
  private static final String MAJORITY = "majority";
  private static final String COLOUR_HISTOGRAM = "colour_histogram";
  private static final String PIXELS = "pixels";

  /** What any layer must beat. */
  public static final List<String> BASELINES = List.of(MAJORITY, COLOUR_HISTOGRAM, PIXELS);

  public ProbeJob {
    cs = List.copyOf(cs);
  }

  /** Reads one column of the feature set and probes it. */
  ProbeResult fit(String column) throws IOException {
    FeatureReader reader = FeatureReader.open(features);
    return switch (column) {
      case MAJORITY -> majority(reader);
      case COLOUR_HISTOGRAM ->
          probe(reader.colourCounts(Split.TRAIN), reader.colourCounts(Split.TEST), reader)
              .ofBaseline(COLOUR_HISTOGRAM);
      case PIXELS ->
          probe(reader.pixels(Split.TRAIN), reader.pixels(Split.TEST), reader).ofBaseline(PIXELS);
      default -> column(reader.column(column), reader);
    };
  }

  private ProbeResult column(FeatureColumn column, FeatureReader reader) throws IOException {
    String name = column.name();
    ProbeResult result =
        probe(reader.features(Split.TRAIN, name), reader.features(Split.TEST, name), reader);
    Integer layer = column.layer();
    return layer == null
        ? result.ofOutput(column.features())
        : result.ofLayer(layer, column.features());
  }

  private ProbeResult probe(FeatureTable train, FeatureTable test, FeatureReader reader) {
    LinearProbe probe = LinearProbe.with(LinearProbe.Options.DEFAULT.withCs(cs));
    LabelledSet trainSet = labelled("training set", train);
    LabelledSet testSet = labelled("test set", test);
    List<int[]> folds = FoldRows.of(train.ids(), reader.manifest().folds());
    return folds.isEmpty()
        ? probe.evaluate(trainSet, heldOut(train.ids()), testSet)
        : probe.evaluateFolds(trainSet, heldOut(train.ids()), folds, testSet);
  }

  private ProbeResult majority(FeatureReader reader) throws IOException {
    FeatureTable train = reader.labels(Split.TRAIN);
    FeatureTable test = reader.labels(Split.TEST);
    return Baselines.majority(
        labelled("training set", train), heldOut(train.ids()), labelled("test set", test));
  }

  private LabelledSet labelled(String name, FeatureTable table) {
    Matrix matrix = Matrix.wrap(table.values(), table.rows(), table.width());
    return LabelledSet.of(name, matrix, table.labels(), classes);
  }

  private boolean[] heldOut(List<String> ids) {
    boolean[] heldOut = new boolean[ids.size()];
    for (int row = 0; row < heldOut.length; row++) {
      heldOut[row] = HoldOut.contains(ids.get(row), seed);
    }
    return heldOut;
  }
}
