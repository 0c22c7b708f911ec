package dev.pixelprobe.pipeline.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Plans the reading of TFRecord files, a slice for each. Counting means walking through a file, so
 * remote files are counted only as far as a limit asks for it.
 */
final class TfRecordPlanner {
  static final String DATASET = "tfrecord";

  private static final String LABELS = "labels.txt";
  private static final String EXPECTED =
      "*.tfrecord* files with train and with test or validation in their names";

  private final Listing listing;
  private final Limits limits;
  private final List<Slice> slices = new ArrayList<>();
  private final Map<Split, Long> counts = new EnumMap<>(Split.class);

  private TfRecordPlanner(Listing listing, Limits limits) {
    this.listing = listing;
    this.limits = limits;
  }

  static DatasetPlan plan(String dir, Limits limits) throws IOException {
    return new TfRecordPlanner(Listing.of(dir), limits).plan();
  }

  private DatasetPlan plan() throws IOException {
    SplitFiles files =
        SplitFiles.of(
            listing.matching(file -> file.name().contains(".tfrecord")),
            UnaryOperator.identity(),
            EXPECTED);
    List<String> classNames = listing.lines(LABELS);
    for (Split split : Split.values()) {
      if (limits.limits(split) || listing.folder().isLocal()) {
        cut(split, files.of(split));
      } else {
        files.of(split).forEach(file -> slices.add(wholeFile(split, file)));
      }
    }
    return new DatasetPlan(
        DATASET,
        classNames,
        slices,
        counts,
        List.of(),
        new PlanDigest(DATASET, limits).addFiles(files.used(listing, LABELS)).hex(),
        new TfRecordReader(listing.folder(), LabelRange.of(DATASET, classNames.size())));
  }

  private void cut(Split split, List<DataFile> files) throws IOException {
    long left = limits.of(split);
    for (DataFile file : files) {
      if (left == 0) {
        break;
      }
      long records = TfRecordInput.count(listing.folder(), file.name());
      slices.add(
          records < left ? wholeFile(split, file) : Slice.ofShard(split, file.name(), 0, left));
      left -= Math.min(records, left);
    }
    counts.put(split, limits.of(split) - left);
  }

  private static Slice wholeFile(Split split, DataFile file) {
    return Slice.ofShard(split, file.name(), 0, Slice.TO_THE_END);
  }
}
