package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.pipeline.data.ImageId;
import java.util.List;

/** What messages call a batch: {@code batch cifar10/train/data_batch_1.bin#0 to #31}. */
final class BatchName {
  private BatchName() {}

  static String of(List<ImageId> ids) {
    ImageId first = ids.get(0);
    ImageId last = ids.get(ids.size() - 1);
    String end = last.entry().isEmpty() ? "#" + last.record() : last.toString();
    return "batch " + first + " to " + end;
  }
}
