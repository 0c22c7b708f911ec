package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.pipeline.data.ImageId;

/** Which batch an image belongs to: the n-th run of records of its shard. */
final class BatchKey {
  private BatchKey() {}

  static String of(ImageId id, int batchSize) {
    return id.split().label() + "/" + id.shard() + "@" + id.record() / batchSize;
  }
}
