package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.LabelledSet;
import dev.pixelprobe.eval.LinearProbe;
import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** A probe of features that come as arrays. */
final class ProbeArrays {
  @Option(
      names = "--train-x",
      paramLabel = "X.npy",
      required = true,
      description = "training features [N, d]")
  private Source trainX;

  @Option(
      names = "--train-y",
      paramLabel = "y.npy",
      required = true,
      description = "their labels [N], integers from 0")
  private Source trainY;

  @Option(
      names = "--test-x",
      paramLabel = "X.npy",
      required = true,
      description = "test features [M, d]")
  private Source testX;

  @Option(
      names = "--test-y",
      paramLabel = "y.npy",
      required = true,
      description = "their labels [M]")
  private Source testY;

  void run(List<Double> cs, boolean standardize, Target out) throws IOException {
    int[] trainLabels = labels(trainY);
    int[] testLabels = labels(testY);
    int classes =
        IntStream.concat(Arrays.stream(trainLabels), Arrays.stream(testLabels)).max().orElse(0) + 1;
    LabelledSet train = LabelledSet.of(trainX.toString(), features(trainX), trainLabels, classes);
    LabelledSet test = LabelledSet.of(testX.toString(), features(testX), testLabels, classes);
    LinearProbe.Options options =
        LinearProbe.Options.DEFAULT.withCs(cs).withStandardize(standardize);
    ProbeResult result = LinearProbe.with(options).evaluate(train, test);
    JsonOutput.write(out, result);
    System.out.printf(
        Locale.ROOT,
        "C %s: %.2f%% of %,d test rows [%.2f, %.2f], objective %.9g, %d iterations%s%n",
        result.c(),
        100 * result.testAccuracy(),
        result.nTest(),
        100 * result.testAccuracyCi95().lower(),
        100 * result.testAccuracyCi95().upper(),
        result.objective(),
        result.iterations(),
        result.converged() ? "" : ", not converged");
  }

  private static Matrix features(Source file) throws IOException {
    NpyArray array = NpyArray.read(file.local());
    array.shape().require("(N, d)", "features " + file, "pass one row per image");
    return Matrix.wrap(array.toFloats(), array.shape().dim(0), array.shape().dim(1));
  }

  private static int[] labels(Source file) throws IOException {
    NpyArray array = NpyArray.read(file.local());
    array.shape().require("(N)", "labels " + file, "pass one label per image");
    return array.toInts();
  }
}
