package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.distance.GaussianStats;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.array.NpzFile;
import dev.pixelprobe.pipeline.storage.FileFilling;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Statistics of features as pytorch-fid keeps them: an .npz with {@code mu} and {@code sigma}. */
final class StatisticsFile {
  private static final String MEAN = "mu";
  private static final String COVARIANCE = "sigma";

  private StatisticsFile() {}

  static boolean isOne(Source file) {
    return file.name().endsWith(".npz");
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
  static void write(Target target, GaussianStats stats) throws IOException {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put(MEAN, NpyArray.of(stats.meanValues(), stats.dim()));
    arrays.put(COVARIANCE, NpyArray.of(stats.covarianceValues(), stats.dim(), stats.dim()));
    try (FileFilling file = FileFilling.of(target)) {
      NpzFile.write(file.path(), arrays);
      file.publish();
    }
  }
}
