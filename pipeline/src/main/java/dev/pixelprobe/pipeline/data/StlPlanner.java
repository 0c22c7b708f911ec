package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Plans the reading of STL-10's binary version (Coates, Ng and Lee 2011). Its protocol trains on
 * ten predefined folds of 1,000 training images; the unlabelled images are not read.
 */
final class StlPlanner {
  static final String DATASET = "stl10";

  private static final String CLASS_NAMES = "class_names.txt";
  private static final String FOLDS = "fold_indices.txt";
  private static final int CLASSES = 10;
  private static final int RECORDS_PER_SLICE = 256;

  private final Listing listing;
  private final Limits limits;
  private final List<Slice> slices = new ArrayList<>();

  private StlPlanner(Listing listing, Limits limits) {
    this.listing = listing;
    this.limits = limits;
  }

  static DatasetPlan plan(String dir, Limits limits) throws IOException {
    return new StlPlanner(Listing.of(dir, "stl10_binary"), limits).plan();
  }

  private DatasetPlan plan() throws IOException {
    Map<Split, Long> counts = Map.of(Split.TRAIN, cut(Split.TRAIN), Split.TEST, cut(Split.TEST));
    Set<String> used =
        Set.of(
            images(Split.TRAIN),
            labels(Split.TRAIN),
            images(Split.TEST),
            labels(Split.TEST),
            CLASS_NAMES,
            FOLDS);
    return new DatasetPlan(
        DATASET,
        listing.classNames(CLASS_NAMES, CLASSES),
        slices,
        counts,
        folds(),
        new PlanDigest(DATASET, limits)
            .addFiles(listing.matching(file -> used.contains(file.name())))
            .hex(),
        new StlReader(listing.folder(), new LabelRange(DATASET, 1, CLASSES)));
  }

  static String images(Split split) {
    return split.label() + "_X.bin";
  }

  static String labels(Split split) {
    return split.label() + "_y.bin";
  }

  private long cut(Split split) {
    DataFile images = require(images(split));
    DataFile labels = require(labels(split));
    long records = images.bytes() / StlReader.IMAGE_BYTES;
    boolean cutShort = images.bytes() % StlReader.IMAGE_BYTES != 0;
    if (cutShort ? labels.bytes() <= records : labels.bytes() != records) {
      throw new InvalidInputException(
          "%s%s: expected one label for each of the %d images of %s, got %d; copy both files again"
              .formatted(
                  listing.folder().root(), labels.name(), records, images.name(), labels.bytes()));
    }
    SliceCutter cutter = new SliceCutter(split, limits);
    cutter.addInPieces(images.name(), records, RECORDS_PER_SLICE);
    if (cutShort) {
      cutter.addTail(images.name(), records);
    }
    slices.addAll(cutter.slices());
    return cutter.count();
  }

  private DataFile require(String name) {
    return listing
        .find(name)
        .orElseThrow(
            () ->
                listing.missing(
                    "train_X.bin, train_y.bin, test_X.bin and test_y.bin", "no " + name));
  }

  private List<List<Integer>> folds() throws IOException {
    List<List<Integer>> folds = new ArrayList<>();
    for (String line : listing.lines(FOLDS)) {
      try {
        folds.add(Arrays.stream(line.split("\\s+")).map(Integer::valueOf).toList());
      } catch (NumberFormatException e) {
        throw new InvalidInputException(
            "%s%s line %d: expected record numbers, got %s; restore the file or remove it"
                .formatted(listing.folder().root(), FOLDS, folds.size() + 1, e.getMessage()),
            e);
      }
    }
    return folds;
  }
}
