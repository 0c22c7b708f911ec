package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.pipeline.data.ResourceInputFile;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.files.Folder;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Reads a feature set one column at a time. In memory are the values of that column, the ids of the
 * split, and the pages of the column in one row group. Thread-safe.
 */
public final class FeatureReader {
  private final String directory;
  private final FeatureManifest manifest;

  private FeatureReader(String directory, FeatureManifest manifest) {
    this.directory = directory;
    this.manifest = manifest;
  }

  /**
   * Opens a feature set after checking that it is complete: the manifest, and by their footers all
   * files that it lists.
   *
   * @throws InvalidInputException if anything is missing or does not agree
   */
  public static FeatureReader open(String directory) throws IOException {
    FeatureManifest manifest = FeatureManifestFile.read(directory);
    for (FeatureManifest.File file : manifest.files()) {
      checkCount(directory, file.name(), "rows", file.rows(), file(directory, file).rows());
    }
    FeatureManifest.DeadLetters deadLetters = manifest.deadLetters();
    checkCount(
        directory,
        deadLetters.path(),
        "lines",
        deadLetters.count(),
        DeadLetterFile.read(directory).size());
    return new FeatureReader(directory, manifest);
  }

  public String directory() {
    return directory;
  }

  public FeatureManifest manifest() {
    return manifest;
  }

  /** The column of this name. */
  public FeatureColumn column(String name) {
    List<FeatureColumn> columns = manifest.columns();
    return columns.stream()
        .filter(column -> column.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: expected one of %s, got %s; extract the features again with that column"
                        .formatted(
                            directory,
                            columns.stream()
                                .map(FeatureColumn::name)
                                .collect(Collectors.joining(", ")),
                            name)));
  }

  /**
   * The features of columns side by side, in this order: {@code rows x} the sum of their widths.
   *
   * @param names of the columns
   */
  public FeatureTable features(Split split, List<String> names) throws IOException {
    List<FeatureColumn> columns = names.stream().map(this::column).toList();
    SplitRows rows = rows(split);
    int width = columns.stream().mapToInt(FeatureColumn::dim).reduce(0, Math::addExact);
    float[] values = rows.allocate(width);
    int next = 0;
    for (FeatureColumn column : columns) {
      int offset = next;
      rows.scan(
          FeatureSchema.elements(column.name()),
          column.dim(),
          (row, i, value) -> values[row * width + offset + i] = value.getFloat());
      next += column.dim();
    }
    return rows.table(width, values);
  }

  /** Ids and labels alone: {@code rows x 0}. */
  public FeatureTable labels(Split split) throws IOException {
    return rows(split).table(0, new float[0]);
  }

  /** The pixels that were kept, 0 to 255, row-major RGB: {@code rows x view_px * view_px * 3}. */
  public FeatureTable pixels(Split split) throws IOException {
    SplitRows rows = rows(split);
    int width = manifest.layout().positions() * 3;
    float[] values = rows.allocate(width);
    rows.scan(
        FeatureSchema.elements(FeatureSchema.PIXELS),
        width,
        (row, i, value) -> values[row * width + i] = value.getInteger());
    return rows.table(width, values);
  }

  /**
   * The pixels that were kept of a few images.
   *
   * @param rows in the order of the ids
   */
  public List<RgbImage> images(Split split, List<Integer> rows) throws IOException {
    int side = manifest.viewPx();
    int width = side * side * 3;
    Map<Integer, byte[]> wanted = new HashMap<>();
    rows.forEach(row -> wanted.put(row, new byte[width]));
    rows(split)
        .scan(
            FeatureSchema.elements(FeatureSchema.PIXELS),
            width,
            (row, i, value) -> {
              byte pixel =
                  (byte) value.getInteger(); // of every row: what is not read is not passed
              byte[] image = wanted.get(row);
              if (image != null) {
                image[i] = pixel;
              }
            });
    return rows.stream()
        .map(row -> RgbImage.wrap(side, side, Objects.requireNonNull(wanted.get(row))))
        .toList();
  }

  /**
   * How often each colour of the palette occurs among an image's tokens: {@code rows x colours}.
   */
  public FeatureTable colourCounts(Split split) throws IOException {
    SplitRows rows = rows(split);
    int colours = manifest.colours();
    float[] counts = rows.allocate(colours);
    rows.scan(
        FeatureSchema.elements(FeatureSchema.TOKENS),
        manifest.layout().positions(),
        (row, i, value) ->
            counts[row * colours + Objects.checkIndex(value.getInteger(), colours)]++);
    return rows.table(colours, counts);
  }

  /** Mean cross-entropy of each image's tokens: {@code rows x 1}, NaN where it was not scored. */
  public FeatureTable natsPerToken(Split split) throws IOException {
    SplitRows rows = rows(split);
    float[] nats = rows.allocate(1);
    Arrays.fill(nats, Float.NaN);
    rows.scan(FeatureSchema.NATS_PER_TOKEN, 1, (row, i, value) -> nats[row] = value.getFloat());
    return rows.table(1, nats);
  }

  private SplitRows rows(Split split) throws IOException {
    return SplitRows.open(
        manifest.files(split).stream().map(file -> file(directory, file)).toList());
  }

  private static FeatureFile file(String directory, FeatureManifest.File file) {
    return new FeatureFile(new ResourceInputFile(Folder.at(directory).file(file.name())));
  }

  private static void checkCount(
      String directory, String name, String unit, long expected, long got) {
    if (expected != got) {
      throw new InvalidInputException(
          "%s/%s: expected %d %s, got %d; delete the feature set and extract it again"
              .formatted(directory, name, expected, unit, got));
    }
  }
}
