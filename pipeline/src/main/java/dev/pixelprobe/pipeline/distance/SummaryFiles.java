package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.eval.distance.Features;
import dev.pixelprobe.eval.distance.Moments;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.pipeline.features.FeatureVectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/**
 * A summary as a directory: {@code moments.bin}, {@code features.npy} and {@code logits.npy} of the
 * kept images if there are such, and {@code digest.txt}, written last.
 */
final class SummaryFiles {
  private static final String MOMENTS = "moments.bin";
  private static final String FEATURES = "features.npy";
  private static final String LOGITS = "logits.npy";
  private static final String DIGEST = "digest.txt";

  private SummaryFiles() {}

  static boolean isComplete(Path directory, String digest) throws IOException {
    Path file = directory.resolve(DIGEST);
    return Files.isRegularFile(file) && Files.readString(file).equals(digest);
  }

  static void complete(Path directory, String digest) throws IOException {
    Files.writeString(directory.resolve(DIGEST), digest);
  }

  /** How many images there were: none leave no moments. */
  static long images(Path directory) throws IOException {
    Path file = directory.resolve(MOMENTS);
    return Files.exists(file) ? Moments.ofBytes(Files.readAllBytes(file)).count() : 0;
  }

  /** The summary of at least two images. */
  static FeatureSummary read(Path directory, String name) throws IOException {
    Moments moments = Moments.ofBytes(Files.readAllBytes(directory.resolve(MOMENTS)));
    return new FeatureSummary(
        name,
        moments.toStats(),
        Math.toIntExact(moments.count()),
        array(directory.resolve(FEATURES), name),
        array(directory.resolve(LOGITS), name));
  }

  private static @Nullable Features array(Path file, String name) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    NpyArray array = NpyArray.read(file);
    return Features.of(
        name, Matrix.wrap(array.toFloats(), array.shape().dim(0), array.shape().dim(1)));
  }

  /** Writes the moments of all images. */
  static final class WriteMomentsFn extends DoFn<Moments, Void> {
    private final String directory;

    WriteMomentsFn(String directory) {
      this.directory = directory;
    }

    @ProcessElement
    public void write(@Element Moments moments) throws IOException {
      Files.write(Path.of(directory, MOMENTS), moments.toBytes());
    }
  }

  /** Writes what is kept, row by row. */
  static final class WriteRowsFn extends DoFn<List<FeatureRow>, Void> {
    private final String directory;

    WriteRowsFn(String directory) {
      this.directory = directory;
    }

    @ProcessElement
    public void write(@Element List<FeatureRow> rows) throws IOException {
      matrix(rows, FeatureRow::features).write(Path.of(directory, FEATURES));
      if (rows.get(0).logits().size() > 0) {
        matrix(rows, FeatureRow::logits).write(Path.of(directory, LOGITS));
      }
    }

    private static NpyArray matrix(
        List<FeatureRow> rows, Function<FeatureRow, FeatureVectors> part) {
      int width = part.apply(rows.get(0)).size();
      float[] values = new float[Math.multiplyExact(rows.size(), width)];
      for (int row = 0; row < rows.size(); row++) {
        System.arraycopy(part.apply(rows.get(row)).values(), 0, values, row * width, width);
      }
      return NpyArray.of(values, rows.size(), width);
    }
  }
}
