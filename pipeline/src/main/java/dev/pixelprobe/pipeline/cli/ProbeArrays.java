package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.LabelledSet;
import dev.pixelprobe.eval.LinearProbe;
import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.ProbeResult;
import dev.pixelprobe.eval.results.JsonFile;
import dev.pixelprobe.model.array.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
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
  private Path trainX;

  @Option(
      names = "--train-y",
      paramLabel = "y.npy",
      required = true,
      description = "their labels [N], integers from 0")
  private Path trainY;

  @Option(
      names = "--test-x",
      paramLabel = "X.npy",
      required = true,
      description = "test features [M, d]")
  private Path testX;

  @Option(
      names = "--test-y",
      paramLabel = "y.npy",
      required = true,
      description = "their labels [M]")
  private Path testY;

  void run(List<Double> cs, boolean standardize, Path out) throws IOException {
    int[] trainLabels = labels(trainY);
    int[] testLabels = labels(testY);
    int classes =
        IntStream.concat(Arrays.stream(trainLabels), Arrays.stream(testLabels)).max().orElse(0) + 1;
    LabelledSet train = LabelledSet.of(trainX.toString(), features(trainX), trainLabels, classes);
    LabelledSet test = LabelledSet.of(testX.toString(), features(testX), testLabels, classes);
    LinearProbe.Options options =
        LinearProbe.Options.DEFAULT.withCs(cs).withStandardize(standardize);
    ProbeResult result = LinearProbe.with(options).evaluate(train, test);
    JsonFile.write(out, result);
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

  private static Matrix features(Path file) throws IOException {
    NpyArray array = NpyArray.read(file);
    array.shape().require("(N, d)", "features " + file, "pass one row per image");
    return Matrix.wrap(array.toFloats(), array.shape().dim(0), array.shape().dim(1));
  }

  private static int[] labels(Path file) throws IOException {
    NpyArray array = NpyArray.read(file);
    array.shape().require("(N)", "labels " + file, "pass one label per image");
    return array.toInts();
  }
}
