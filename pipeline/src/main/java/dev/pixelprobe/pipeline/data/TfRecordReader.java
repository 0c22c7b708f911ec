package dev.pixelprobe.pipeline.data;

import com.google.protobuf.ByteString;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads TFRecord files of {@code tf.train.Example} with an encoded image and a label.
 *
 * @param labels null where no label is asked for
 */
record TfRecordReader(DataFolder folder, @Nullable LabelRange labels) implements SliceReader {
  @Override
  public boolean beginsAnywhere() {
    return false;
  }

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
      ByteString encoded;
      int label = 0;
      if (labels == null) {
        encoded = ImageExample.image(bytes);
      } else {
        ImageExample example = ImageExample.parse(bytes);
        encoded = example.encoded();
        label = labels.check(example.label(), slice.shard(), record);
      }
      ImageId id = ImageId.inShard(TfRecordPlanner.DATASET, slice.split(), slice.shard(), record);
      output.image(new LabelledImage(id, label, ImageDecoder.decode(encoded.toByteArray())));
    } catch (UnreadableRecordException e) {
      output.deadLetter(e.letter(slice.shard(), record));
    }
  }
}
