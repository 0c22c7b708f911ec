package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Plans the reading of class folders, {@code split/class name/file}. */
final class FolderPlanner {
  static final String DATASET = "folders";

  private static final Pattern IMAGE =
      Pattern.compile("[^/]+/[^/]+/[^/]+\\.(png|jpg|jpeg)", Pattern.CASE_INSENSITIVE);
  private static final String EXPECTED =
      "train/CLASS/*.png or *.jpg and test/CLASS/*.png or *.jpg (or validation/..)";
  private static final int FILES_PER_SLICE = 256;

  private final Listing listing;
  private final Limits limits;
  private final List<Slice> slices = new ArrayList<>();

  private FolderPlanner(Listing listing, Limits limits) {
    this.listing = listing;
    this.limits = limits;
  }

  static DatasetPlan plan(String dir, Limits limits) throws IOException {
    Listing images = Listing.of(dir).matching(file -> IMAGE.matcher(file.name()).matches());
    return new FolderPlanner(images, limits).plan();
  }

  private DatasetPlan plan() throws IOException {
    SplitFiles files = SplitFiles.of(listing, FolderPlanner::topFolder, EXPECTED);
    ClassListing train = classListing(Split.TRAIN, files.train());
    ClassListing test = classListing(Split.TEST, files.test());
    refuseUnknownClasses(train, test);
    Map<Split, Long> counts =
        Map.of(Split.TRAIN, cut(Split.TRAIN, train), Split.TEST, cut(Split.TEST, test));
    return new DatasetPlan(
        DATASET,
        train.classNames(),
        slices,
        counts,
        List.of(),
        new PlanDigest(DATASET, limits).addFiles(files.used(listing)).hex(),
        new FolderReader(listing.folder(), train.classNames()));
  }

  private static String topFolder(String name) {
    return name.substring(0, name.indexOf('/'));
  }

  private ClassListing classListing(Split split, List<DataFile> files) {
    List<String> folders =
        files.stream().map(file -> topFolder(file.name())).distinct().sorted().toList();
    if (folders.size() > 1) {
      throw new InvalidInputException(
          "%s: expected one folder for the %s split, got %s; move the others away"
              .formatted(listing.folder().root(), split.label(), String.join(", ", folders)));
    }
    int start = folders.get(0).length() + 1;
    return ClassListing.of(
        folders.get(0), files.stream().map(file -> file.name().substring(start)).toList());
  }

  private void refuseUnknownClasses(ClassListing train, ClassListing test) {
    List<String> unknown = new ArrayList<>(test.classNames());
    unknown.removeAll(train.classNames());
    if (!unknown.isEmpty()) {
      throw new InvalidInputException(
          "%s%s/%s: expected a class of %s/, got one that has no training image; add some or remove it"
              .formatted(listing.folder().root(), test.folder(), unknown.get(0), train.folder()));
    }
  }

  private long cut(Split split, ClassListing listing) {
    int count = (int) Math.min(listing.entries().size(), limits.of(split));
    for (int first = 0; first < count; first += FILES_PER_SLICE) {
      List<String> entries =
          listing.entries().subList(first, Math.min(first + FILES_PER_SLICE, count));
      slices.add(new Slice(split, listing.folder(), first, entries.size(), entries));
    }
    return count;
  }
}
