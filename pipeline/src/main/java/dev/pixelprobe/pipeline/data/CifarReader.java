package dev.pixelprobe.pipeline.data;

import java.io.IOException;
import java.io.InputStream;

/** Reads CIFAR-10 and CIFAR-100 binary files. */
record CifarReader(CifarLayout layout, DataFolder folder) implements SliceReader {

  @Override
  public void read(Slice slice, Output output) throws IOException {
    long offset = slice.firstRecord() * layout.recordBytes();
    try (InputStream in = folder.open(slice.shard(), offset)) {
      for (long record = slice.firstRecord(); slice.reaches(record); record++) {
        byte[] bytes = in.readNBytes(layout.recordBytes());
        if (bytes.length < layout.recordBytes()) {
          output.deadLetter(
              DeadLetter.cutShort(slice.shard(), record, layout.recordBytes(), bytes.length));
          return;
        }
        output.image(parse(slice, record, bytes));
      }
    }
  }

  private LabelledImage parse(Slice slice, long record, byte[] bytes) {
    int label = bytes[layout.labelBytes - 1] & 0xff;
    return new LabelledImage(
        ImageId.inShard(layout.dataset, slice.split(), slice.shard(), record),
        LabelRange.of(layout.dataset, layout.classes).check(label, slice.shard(), record),
        Planes.rowMajor(bytes, layout.labelBytes, CifarLayout.SIDE));
  }
}
