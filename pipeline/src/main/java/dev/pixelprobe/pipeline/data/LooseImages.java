package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.files.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Plans the reading of images that are no data set: without labels, all of one size, all of them of
 * the test split.
 */
public final class LooseImages {
  private static final String DATASET = "loose";
  private static final int IMAGES_PER_SLICE = 64;

  private LooseImages() {}

  /**
   * Inspects them and reads the first.
   *
   * @param location a folder of PNG or JPEG files, or of the TFRecord shards that {@code sample}
   *     writes; or an .npy file of uint8 [N, H, W, 3]; an absolute local path, or a {@code gs://}
   *     URI
   * @throws InvalidInputException if it is none of these, or holds no image
   */
  public static DatasetPlan open(String location) throws IOException {
    if (!ImageList.isFolder(location)) {
      return ofList(ImageList.open(location));
    }
    Listing listing = Listing.of(location);
    Listing shards = listing.matching(file -> file.name().contains(".tfrecord"));
    ImageFiles files = ImageFiles.below(Folder.at(location));
    if (shards.files().isEmpty()) {
      return ofList(ImageList.open(location));
    }
    if (files.size() > 0) {
      throw new InvalidInputException(
          "%s: expected image files or TFRecord shards, got %s and %s; move one kind away"
              .formatted(location, files.nameOf(0), shards.files().get(0).name()));
    }
    return ofShards(location, shards);
  }

  private static DatasetPlan ofList(ImageList images) throws IOException {
    PlanDigest digest = new PlanDigest(DATASET, Limits.NONE);
    images.addTo(digest);
    SliceCutter cutter = new SliceCutter(Split.TEST, Limits.NONE);
    cutter.addInPieces("", images.size(), IMAGES_PER_SLICE);
    return plan(cutter.slices(), images.size(), digest, new ListReader(images));
  }

  private static DatasetPlan ofShards(String location, Listing shards) throws IOException {
    List<Slice> slices = new ArrayList<>();
    long images = 0;
    for (DataFile file : shards.files()) {
      long records = TfRecordInput.count(shards.folder(), file.name());
      if (records > 0) {
        slices.add(Slice.ofShard(Split.TEST, file.name(), 0, Slice.TO_THE_END));
      }
      images += records;
    }
    if (images == 0) {
      throw new InvalidInputException(
          "%s: expected TFRecord shards of at least 1 image, got none".formatted(location));
    }
    PlanDigest digest = new PlanDigest(DATASET, Limits.NONE).addFiles(shards);
    return plan(slices, images, digest, new TfRecordReader(shards.folder(), null));
  }

  private static DatasetPlan plan(
      List<Slice> slices, long images, PlanDigest digest, SliceReader reader) throws IOException {
    Slice first = Slice.ofShard(Split.TEST, slices.get(0).shard(), 0, 1);
    return new DatasetPlan(
        DATASET,
        List.of(),
        slices,
        Map.of(Split.TEST, images),
        List.of(),
        digest.hex(),
        AlikeReader.of(reader, first));
  }
}
