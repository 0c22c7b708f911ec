package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.pipeline.data.shapes.ShapePictures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Draws the embedded data set: 4,000 training and 1,000 test images unless limited. */
record ShapesReader() implements SliceReader {
  private static final String DATASET = "shapes";
  private static final int TRAIN = 4_000;
  private static final int TEST = 1_000;
  private static final int IMAGES_PER_SLICE = 250;

  static DatasetPlan plan(Limits limits) {
    SliceCutter train = new SliceCutter(Split.TRAIN, limits);
    train.addInPieces("", TRAIN, IMAGES_PER_SLICE);
    SliceCutter test = new SliceCutter(Split.TEST, limits);
    test.addInPieces("", TEST, IMAGES_PER_SLICE);
    List<Slice> slices = new ArrayList<>(train.slices());
    slices.addAll(test.slices());
    return new DatasetPlan(
        DATASET,
        ShapePictures.classNames(),
        slices,
        Map.of(Split.TRAIN, train.count(), Split.TEST, test.count()),
        List.of(),
        new PlanDigest(DATASET, limits).add("version " + ShapePictures.VERSION).hex(),
        new ShapesReader());
  }

  @Override
  public void read(Slice slice, Output output) {
    int stream = slice.split() == Split.TRAIN ? 0 : 1;
    for (long number = slice.firstRecord(); slice.reaches(number); number++) {
      output.image(
          new LabelledImage(
              ImageId.inShard(DATASET, slice.split(), slice.shard(), number),
              ShapePictures.label(number),
              ShapePictures.draw(stream, number)));
    }
  }
}
