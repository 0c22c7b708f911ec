package dev.pixelprobe.pipeline.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads image files whose folders name their classes. */
record FolderReader(DataFolder folder, List<String> classNames) implements SliceReader {

  @Override
  public void read(Slice slice, Output output) throws IOException {
    long record = slice.firstRecord();
    for (String entry : slice.entries()) {
      String file = slice.shard() + "/" + entry;
      byte[] encoded;
      try (InputStream in = folder.open(file, 0)) {
        encoded = in.readAllBytes();
      }
      try {
        output.image(
            new LabelledImage(
                ImageId.ofFile(FolderPlanner.DATASET, slice.split(), entry, record),
                classNames.indexOf(ClassListing.classOf(entry)),
                ImageDecoder.decode(encoded)));
      } catch (UnreadableRecordException e) {
        output.deadLetter(e.letter(file, 0));
      }
      record++;
    }
  }
}
