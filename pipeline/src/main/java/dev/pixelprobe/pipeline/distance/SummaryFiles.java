package dev.pixelprobe.pipeline.distance;

import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.eval.distance.Features;
import dev.pixelprobe.eval.distance.Moments;
import dev.pixelprobe.eval.distance.MomentsBand;
import dev.pixelprobe.pipeline.features.DeadLetterFile;
import dev.pixelprobe.pipeline.features.FeatureVectors;
import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.files.FolderFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.util.MimeTypes;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * A summary as a folder: a {@code moments-*} file for each band, {@code kept-*} files of encoded
 * rows in any order, and {@code digest.txt}, written last. What was read stays in memory.
 */
final class SummaryFiles {
  private static final String MOMENTS = "moments-";
  private static final String KEPT = "kept-";
  private static final String DIGEST = "digest.txt";

  private final Folder folder;
  private @Nullable List<MomentsBand> bands;

  private SummaryFiles(Folder folder) {
    this.folder = folder;
  }

  static SummaryFiles in(String location) {
    return new SummaryFiles(Folder.at(location));
  }

  static boolean isComplete(String location, String digest) throws IOException {
    Folder folder = Folder.at(location);
    return folder.has(DIGEST) && folder.lines(DIGEST).equals(List.of(digest));
  }

  void complete(String digest) throws IOException {
    folder.write(DIGEST, digest.getBytes(StandardCharsets.UTF_8));
  }

  Folder folder() {
    return folder;
  }

  /** The moments of all images: of nothing if there were none. */
  Moments moments() throws IOException {
    return Moments.ofBands(bands());
  }

  /** Says so if workers wrote what this machine does not see. */
  void requireWritten(Draw draw) throws IOException {
    folder.requireWritten(DeadLetterFile.NAME);
    int dim = bands().isEmpty() ? 0 : bands().get(0).dim();
    if (bands().stream().mapToInt(band -> band.end() - band.first()).sum() != dim) {
      throw folder.unseen("all bands of the moments");
    }
    if (kept(draw).size() < Math.min(moments().count(), draw.maxFeatures())) {
      throw folder.unseen("the features of all images that were drawn");
    }
  }

  /**
   * The summary of at least two images.
   *
   * @param draw what was drawn
   */
  FeatureSummary read(String name, Draw draw) throws IOException {
    Moments moments = moments();
    List<FeatureRow> rows = kept(draw);
    return new FeatureSummary(
        name,
        moments.toStats(),
        Math.toIntExact(moments.count()),
        matrix(name, rows, FeatureRow::features),
        matrix(name, rows, FeatureRow::logits));
  }

  private List<MomentsBand> bands() throws IOException {
    if (bands == null) {
      List<MomentsBand> read = new ArrayList<>();
      for (String file : files(MOMENTS)) {
        read.add(MomentsBand.ofBytes(folder.read(file)));
      }
      bands = read;
    }
    return bands;
  }

  private List<FeatureRow> kept(Draw draw) throws IOException {
    List<FeatureRow> rows = new ArrayList<>();
    for (String file : files(KEPT)) {
      InputStream in = new ByteArrayInputStream(folder.read(file));
      while (in.available() > 0) {
        rows.add(FeatureRowCoder.of().decode(in));
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

  private List<String> files(String prefix) throws IOException {
    return folder.list().stream()
        .map(FolderFile::name)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  /** A retry writes the same to the same file. */
  static final class WriteMomentsFn extends DoFn<MomentsBand, Void> {
    private final Folder folder;

    WriteMomentsFn(Folder folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void write(@Element MomentsBand band) throws IOException {
      folder.write(MOMENTS + band.first(), band.toBytes());
    }
  }

  /** A retry writes the same rows to the same file. */
  static final class WriteRowsFn extends DoFn<KV<Integer, Iterable<FeatureRow>>, Void> {
    private final Folder folder;

    WriteRowsFn(Folder folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void write(@Element KV<Integer, Iterable<FeatureRow>> group) throws IOException {
      ResourceId file = folder.file(KEPT + group.getKey());
      try (OutputStream out =
          new BufferedOutputStream(
              Channels.newOutputStream(FileSystems.create(file, MimeTypes.BINARY)))) {
        for (FeatureRow row : group.getValue()) {
          FeatureRowCoder.of().encode(row, out);
        }
      }
    }
  }
}
