package dev.pixelprobe.pipeline.data;

import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;

/** Reads TFRecord files of {@code tf.train.Example} with an encoded image and a label. */
record TfRecordReader(DataFolder folder, LabelRange labels) implements SliceReader {

  @Override
  public void read(Slice slice, Output output) throws IOException {
    long record = slice.firstRecord();
    try (TfRecordInput input = TfRecordInput.open(folder, slice.shard())) {
      for (; slice.reaches(record); record++) {
        Optional<byte[]> example = input.next();
        if (example.isEmpty()) {
          return;
        }
        emit(slice, record, example.get(), output);
      }
    } catch (EOFException e) {
      output.deadLetter(
          new DeadLetter(
              slice.shard(),
              record,
              "the file ends in the middle of this record (%s); copy it again"
                  .formatted(e.getMessage())));
    }
  }

  private void emit(Slice slice, long record, byte[] bytes, Output output) {
    try {
      ImageExample example = ImageExample.parse(bytes);
      int label = labels.check(example.label(), slice.shard(), record);
      output.image(
          new LabelledImage(
              ImageId.inShard(TfRecordPlanner.DATASET, slice.split(), slice.shard(), record),
              label,
              ImageDecoder.decode(example.encoded().toByteArray())));
    } catch (UnreadableRecordException e) {
      output.deadLetter(e.letter(slice.shard(), record));
    }
  }
}
