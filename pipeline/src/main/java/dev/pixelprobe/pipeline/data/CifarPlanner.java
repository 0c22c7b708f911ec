package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plans the reading of CIFAR-10 or CIFAR-100 from the sizes of its files. */
final class CifarPlanner {
  private static final int RECORDS_PER_SLICE = 1024;

  private final CifarLayout layout;
  private final Listing listing;
  private final Limits limits;
  private final List<Slice> slices = new ArrayList<>();

  private CifarPlanner(CifarLayout layout, Listing listing, Limits limits) {
    this.layout = layout;
    this.listing = listing;
    this.limits = limits;
  }

  static DatasetPlan plan(CifarLayout layout, String dir, Limits limits) throws IOException {
    return new CifarPlanner(layout, Listing.of(dir, layout.ownFolder), limits).plan();
  }

  private DatasetPlan plan() throws IOException {
    List<DataFile> train = files(layout.train, "no training file");
    List<DataFile> test = files(layout.test, "no test file");
    List<String> classNames = listing.classNames(layout.classNames, layout.classes);
    Map<Split, Long> counts =
        Map.of(Split.TRAIN, cut(Split.TRAIN, train), Split.TEST, cut(Split.TEST, test));
    Listing used =
        listing.matching(
            file ->
                train.contains(file)
                    || test.contains(file)
                    || file.name().equals(layout.classNames));
    return new DatasetPlan(
        layout.dataset,
        classNames,
        slices,
        counts,
        List.of(),
        new PlanDigest(layout.dataset, limits).addFiles(used).hex(),
        new CifarReader(layout, listing.folder()));
  }

  private List<DataFile> files(Pattern name, String ifNone) {
    List<DataFile> files =
        listing.files().stream()
            .filter(file -> name.matcher(file.name()).matches())
            .sorted(Comparator.comparingInt(file -> batchNumber(name, file)))
            .toList();
    if (files.isEmpty()) {
      throw listing.missing(layout.expectedFiles, ifNone);
    }
    return files;
  }

  /** So that batch 10 follows batch 9, not batch 1. */
  private static int batchNumber(Pattern name, DataFile file) {
    Matcher matcher = name.matcher(file.name());
    boolean numbered = matcher.matches() && matcher.groupCount() > 0 && !matcher.group(1).isEmpty();
    return numbered ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private long cut(Split split, List<DataFile> files) {
    SliceCutter cutter = new SliceCutter(split, limits);
    for (DataFile file : files) {
      refuseOtherLayout(file);
      long records = file.bytes() / layout.recordBytes();
      cutter.addInPieces(file.name(), records, RECORDS_PER_SLICE);
      if (file.bytes() % layout.recordBytes() != 0) {
        cutter.addTail(file.name(), records);
      }
    }
    slices.addAll(cutter.slices());
    return cutter.count();
  }

  private void refuseOtherLayout(DataFile file) {
    for (CifarLayout other : CifarLayout.values()) {
      if (file.bytes() % layout.recordBytes() != 0 && file.bytes() % other.recordBytes() == 0) {
        throw new InvalidInputException(
            "%s%s: expected records of %d bytes, got %d bytes in all, which is whole records of %s; pass --dataset %s"
                .formatted(
                    listing.folder().root(),
                    file.name(),
                    layout.recordBytes(),
                    file.bytes(),
                    other.dataset,
                    other.dataset));
      }
    }
  }
}
