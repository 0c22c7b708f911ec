package dev.pixelprobe.eval;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Correlated features as those of images are, the same in every run: independent numbers whose
 * deviations fall as a power of their rank, rotated. For benchmarks, which hand them to other
 * programs as plain little-endian files.
 */
public final class BenchmarkData {
  private static final double DECAY = 0.5;

  private final int rows;
  private final int columns;
  private final Random random;

  public BenchmarkData(int rows, int columns, long seed) {
    this.rows = rows;
    this.columns = columns;
    this.random = new Random(seed);
  }

  /** Features [rows, columns], and labels drawn from a softmax that is linear in them. */
  public LabelledSet labelled(int classes) {
    float[] values = new float[rows * columns];
    int[] labels = new int[rows];
    double[] rotation = gaussians(columns * columns, 1 / Math.sqrt(columns));
    double[] directions = gaussians(classes * columns, 0.8);
    double[] latent = new double[columns];
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < columns; j++) {
        latent[j] = random.nextGaussian() * Math.pow(j + 1, -DECAY);
      }
      labels[row] = drawClass(latent, directions, classes);
      for (int j = 0; j < columns; j++) {
        values[row * columns + j] = (float) dot(rotation, j * columns, latent);
      }
    }
    Matrix features = Matrix.wrap(values, rows, columns);
    return LabelledSet.of("benchmark", features, labels, classes);
  }

  /** The class whose score, with Gumbel noise on it, is greatest: a draw from the softmax. */
  private int drawClass(double[] latent, double[] directions, int classes) {
    int drawn = 0;
    double best = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      double gumbel = -Math.log(-Math.log(1 - random.nextDouble()));
      double score = dot(directions, k * columns, latent) + gumbel;
      if (score > best) {
        best = score;
        drawn = k;
      }
    }
    return drawn;
  }

  private double[] gaussians(int count, double deviation) {
    return random.doubles(count).map(unused -> deviation * random.nextGaussian()).toArray();
  }

  private static double dot(double[] rows, int offset, double[] vector) {
    double sum = 0;
    for (int j = 0; j < vector.length; j++) {
      sum += rows[offset + j] * vector[j];
    }
    return sum;
  }

  /** Writes float32, row-major. */
  public static void write(Matrix features, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      ByteBuffer row =
          ByteBuffer.allocate(features.columns() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < features.rows(); i++) {
        row.clear();
        for (int j = 0; j < features.columns(); j++) {
          row.putFloat(features.get(i, j));
        }
        out.write(row.array());
      }
    }
  }
}
