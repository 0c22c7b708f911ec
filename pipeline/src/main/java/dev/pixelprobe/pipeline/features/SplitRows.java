package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of one split over all its files, in the natural order of their ids. */
final class SplitRows {
  private final List<FeatureFile> files;
  private final List<String> ids;
  private final int[] labels;

  /** Where each row of the files, counted through, goes. */
  private final int[] rank;

  private SplitRows(List<FeatureFile> files, List<String> ids, int[] labels, int[] rank) {
    this.files = files;
    this.ids = ids;
    this.labels = labels;
    this.rank = rank;
  }

  static SplitRows open(List<FeatureFile> files) throws IOException {
    List<String> written = new ArrayList<>();
    for (FeatureFile file : files) {
      file.scan(
          FeatureSchema.ID,
          1,
          (row, i, value) -> written.add(value.getBinary().toStringUsingUTF8()));
    }
    int[] order =
        IntStream.range(0, written.size())
            .boxed()
            .sorted(Comparator.comparing(written::get, new NaturalOrder()))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] rank = new int[order.length];
    for (int row = 0; row < order.length; row++) {
      rank[order[row]] = row;
    }
    List<String> ids = Arrays.stream(order).mapToObj(written::get).toList();
    checkDistinct(ids);
    SplitRows rows = new SplitRows(files, ids, new int[order.length], rank);
    rows.scan(FeatureSchema.LABEL, 1, (row, i, value) -> rows.labels[row] = value.getInteger());
    return rows;
  }

  private static void checkDistinct(List<String> sorted) {
    for (int row = 1; row < sorted.size(); row++) {
      if (sorted.get(row).equals(sorted.get(row - 1))) {
        throw new InvalidInputException(
            "%s: expected one row, got two; delete the feature set and extract it again"
                .formatted(sorted.get(row)));
      }
    }
  }

  /** Zeros for {@code rows x width} values. */
  float[] allocate(int width) {
    long size = (long) labels.length * width;
    if (size > Integer.MAX_VALUE - 8) {
      throw new InvalidInputException(
          "column: expected at most 2^31 values, got %d x %d; take fewer images"
              .formatted(labels.length, width));
    }
    return new float[(int) size];
  }

  /** Visits every value of a column, with the place of its row in the order of the ids. */
  void scan(String path, int width, FeatureFile.Cell cell) throws IOException {
    int first = 0;
    for (FeatureFile file : files) {
      int offset = first;
      first += file.scan(path, width, (row, i, value) -> cell.take(rank[offset + row], i, value));
    }
  }

  FeatureTable table(int width, float[] values) {
    return new FeatureTable(ids, labels, width, values);
  }
}
