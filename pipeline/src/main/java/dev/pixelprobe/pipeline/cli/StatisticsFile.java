package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.distance.GaussianStats;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.array.NpzFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Statistics of features as pytorch-fid keeps them: an .npz with {@code mu} and {@code sigma}. */
final class StatisticsFile {
  private static final String MEAN = "mu";
  private static final String COVARIANCE = "sigma";

  private StatisticsFile() {}

  static boolean isOne(Path file) {
    return file.toString().endsWith(".npz");
  }

  static GaussianStats read(Path file) throws IOException {
    try (NpzFile arrays = NpzFile.open(file)) {
      NpyArray mean = arrays.read(MEAN);
      mean.shape().require("(d)", file + " " + MEAN, "pass one number per feature");
      int d = mean.shape().dim(0);
      NpyArray covariance = arrays.read(COVARIANCE);
      covariance
          .shape()
          .require("(%d, %d)".formatted(d, d), file + " " + COVARIANCE, "save it with the same mu");
      return GaussianStats.of(file.toString(), mean.toDoubles(), covariance.toDoubles());
    }
  }

  /** In float64. */
  static void write(Path file, GaussianStats stats) throws IOException {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put(MEAN, NpyArray.of(stats.meanValues(), stats.dim()));
    arrays.put(COVARIANCE, NpyArray.of(stats.covarianceValues(), stats.dim(), stats.dim()));
    NpzFile.write(file, arrays);
  }
}
