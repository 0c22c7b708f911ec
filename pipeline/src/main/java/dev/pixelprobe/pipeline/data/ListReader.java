package dev.pixelprobe.pipeline.data;

import java.io.IOException;

/** Reads images without labels, by number. */
record ListReader(ImageList images) implements SliceReader {

  @Override
  public void read(Slice slice, Output output) throws IOException {
    for (long record = slice.firstRecord(); slice.reaches(record); record++) {
      int number = (int) record;
      output.image(new LabelledImage(images.idOf(number), 0, images.read(number)));
    }
  }
}
