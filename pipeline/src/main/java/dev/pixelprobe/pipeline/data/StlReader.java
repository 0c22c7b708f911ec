package dev.pixelprobe.pipeline.data;

import java.io.IOException;
import java.io.InputStream;

/** Reads STL-10's image files, each beside its file of labels 1..10. */
record StlReader(DataFolder folder, LabelRange labels) implements SliceReader {
  static final int SIDE = 96;
  static final int IMAGE_BYTES = SIDE * SIDE * 3;

  @Override
  public void read(Slice slice, Output output) throws IOException {
    String labelFile = StlPlanner.labels(slice.split());
    try (InputStream in = folder.open(slice.shard(), slice.firstRecord() * IMAGE_BYTES);
        InputStream labelsIn = folder.open(labelFile, slice.firstRecord())) {
      for (long record = slice.firstRecord(); slice.reaches(record); record++) {
        byte[] image = in.readNBytes(IMAGE_BYTES);
        if (image.length < IMAGE_BYTES) {
          output.deadLetter(DeadLetter.cutShort(slice.shard(), record, IMAGE_BYTES, image.length));
          return;
        }
        output.image(
            new LabelledImage(
                ImageId.inShard(StlPlanner.DATASET, slice.split(), slice.shard(), record),
                labels.check(labelsIn.read(), labelFile, record),
                Planes.columnMajor(image, 0, SIDE)));
      }
    }
  }
}
