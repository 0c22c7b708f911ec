package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.eval.distance.Features;
import dev.pixelprobe.eval.distance.Moments;
import dev.pixelprobe.eval.distance.MomentsBand;
import dev.pixelprobe.pipeline.features.FeatureVectors;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * A summary as a directory: a {@code moments-*} file for each band, {@code kept-*} files of encoded
 * rows in any order, and {@code digest.txt}, written last.
 */
final class SummaryFiles {
  private static final String MOMENTS = "moments-";
  private static final String KEPT = "kept-";
  private static final String DIGEST = "digest.txt";

  private SummaryFiles() {}

  static boolean isComplete(Path directory, String digest) throws IOException {
    Path file = directory.resolve(DIGEST);
    return Files.isRegularFile(file) && Files.readString(file).equals(digest);
  }

  static void complete(Path directory, String digest) throws IOException {
    Files.writeString(directory.resolve(DIGEST), digest);
  }

  /** The moments of all images: of nothing if there were none. */
  static Moments moments(Path directory) throws IOException {
    List<MomentsBand> bands = new ArrayList<>();
    for (Path file : files(directory, MOMENTS)) {
      bands.add(MomentsBand.ofBytes(Files.readAllBytes(file)));
    }
    return Moments.ofBands(bands);
  }

  /**
   * The summary of at least two images.
   *
   * @param draw what was drawn
   */
  static FeatureSummary read(Path directory, String name, Draw draw) throws IOException {
    Moments moments = moments(directory);
    List<FeatureRow> rows = kept(directory, draw);
    return new FeatureSummary(
        name,
        moments.toStats(),
        Math.toIntExact(moments.count()),
        matrix(name, rows, FeatureRow::features),
        matrix(name, rows, FeatureRow::logits));
  }

  private static List<FeatureRow> kept(Path directory, Draw draw) throws IOException {
    List<FeatureRow> rows = new ArrayList<>();
    for (Path file : files(directory, KEPT)) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        for (in.mark(1); in.read() >= 0; in.mark(1)) {
          in.reset();
          rows.add(FeatureRowCoder.of().decode(in));
        }
      }
    }
    return rows.stream().sorted(FeatureRow.DRAWN_FIRST).limit(draw.maxFeatures()).toList();
  }

  private static @Nullable Features matrix(
      String name, List<FeatureRow> rows, Function<FeatureRow, FeatureVectors> part) {
    int width = rows.isEmpty() ? 0 : part.apply(rows.get(0)).size();
    if (width == 0) {
      return null;
    }
    float[] values = new float[Math.multiplyExact(rows.size(), width)];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(part.apply(rows.get(row)).values(), 0, values, row * width, width);
    }
    return Features.of(name, Matrix.wrap(values, rows.size(), width));
  }

  private static List<Path> files(Path directory, String prefix) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList();
    }
  }

  /** A retry writes the same to the same file. */
  static final class WriteMomentsFn extends DoFn<MomentsBand, Void> {
    private final String directory;

    WriteMomentsFn(String directory) {
      this.directory = directory;
    }

    @ProcessElement
    public void write(@Element MomentsBand band) throws IOException {
      Files.write(Path.of(directory, MOMENTS + band.first()), band.toBytes());
    }
  }

  /** A retry writes the same rows to the same file. */
  static final class WriteRowsFn extends DoFn<KV<Integer, Iterable<FeatureRow>>, Void> {
    private final String directory;

    WriteRowsFn(String directory) {
      this.directory = directory;
    }

    @ProcessElement
    public void write(@Element KV<Integer, Iterable<FeatureRow>> group) throws IOException {
      Path file = Path.of(directory, KEPT + group.getKey());
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        for (FeatureRow row : group.getValue()) {
          FeatureRowCoder.of().encode(row, out);
        }
      }
    }
  }
}
