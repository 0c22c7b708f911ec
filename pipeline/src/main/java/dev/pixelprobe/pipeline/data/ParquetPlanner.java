package dev.pixelprobe.pipeline.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Plans the reading of Parquet files as HuggingFace publishes them, a slice for a row group. */
final class ParquetPlanner {
  static final String DATASET = "parquet";

  private static final String EXPECTED =
      "*.parquet files with train and with test or validation in their paths";

  private final Listing listing;
  private final Limits limits;
  private final List<Slice> slices = new ArrayList<>();

  private ParquetPlanner(Listing listing, Limits limits) {
    this.listing = listing;
    this.limits = limits;
  }

  static DatasetPlan plan(String dir, Limits limits) throws IOException {
    Listing files = Listing.of(dir).matching(file -> file.name().endsWith(".parquet"));
    return new ParquetPlanner(files, limits).plan();
  }

  private DatasetPlan plan() throws IOException {
    SplitFiles files = SplitFiles.of(listing, UnaryOperator.identity(), EXPECTED);
    List<String> classNames = classNames(files.train().get(0));
    Map<Split, Long> counts =
        Map.of(
            Split.TRAIN,
            cut(Split.TRAIN, files.train()),
            Split.TEST,
            cut(Split.TEST, files.test()));
    return new DatasetPlan(
        DATASET,
        classNames,
        slices,
        counts,
        List.of(),
        new PlanDigest(DATASET, limits).addFiles(files.used(listing)).hex(),
        new ParquetReader(listing.folder(), LabelRange.of(DATASET, classNames.size())));
  }

  private List<String> classNames(DataFile file) throws IOException {
    try (ParquetShard shard = ParquetShard.open(listing.folder(), file.name())) {
      return shard.classNames();
    }
  }

  private long cut(Split split, List<DataFile> files) throws IOException {
    SliceCutter cutter = new SliceCutter(split, limits);
    for (DataFile file : files) {
      try (ParquetShard shard = ParquetShard.open(listing.folder(), file.name())) {
        long row = 0;
        for (long rows : shard.rowGroups()) {
          cutter.add(file.name(), row, rows);
          row += rows;
        }
      }
    }
    slices.addAll(cutter.slices());
    return cutter.count();
  }
}
