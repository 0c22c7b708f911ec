package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.pipeline.data.ImageId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Groups images into batches: runs of neighbouring records of one shard, a pure function of the
 * ids. So the same images always meet in the same batch, whatever the runner, the parallelism or
 * the retries, and floating point gives the same bits. The batches are then dealt out evenly:
 * hashes of a few dozen keys would leave one worker with a quarter more than another.
 */
final class Batches<T> extends PTransform<PCollection<T>, PCollection<KV<String, Iterable<T>>>> {
  private final Coder<T> coder;
  private final SerializableFunction<T, ImageId> id;
  private final int batchSize;

  private Batches(Coder<T> coder, SerializableFunction<T, ImageId> id, int batchSize) {
    this.coder = coder;
    this.id = id;
    this.batchSize = batchSize;
  }

  static <T> Batches<T> of(Coder<T> coder, SerializableFunction<T, ImageId> id, int batchSize) {
    return new Batches<>(coder, id, batchSize);
  }

  /** A batch in the order of its records. */
  static <T> List<T> inRecordOrder(Iterable<T> images, SerializableFunction<T, ImageId> id) {
    List<T> batch = new ArrayList<>();
    images.forEach(batch::add);
    batch.sort(Comparator.comparingLong(image -> id.apply(image).record()));
    return batch;
  }

  @Override
  public PCollection<KV<String, Iterable<T>>> expand(PCollection<T> images) {
    return images
        .apply("KeyByBatch", ParDo.of(new KeyByBatchFn<>(id, batchSize)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), coder))
        .apply("Group", GroupByKey.create())
        .apply("Spread", Reshuffle.viaRandomKey());
  }

  private static final class KeyByBatchFn<T> extends DoFn<T, KV<String, T>> {
    private final SerializableFunction<T, ImageId> id;
    private final int batchSize;

    KeyByBatchFn(SerializableFunction<T, ImageId> id, int batchSize) {
      this.id = id;
      this.batchSize = batchSize;
    }

    @ProcessElement
    public void key(@Element T image, OutputReceiver<KV<String, T>> keyed) {
      keyed.output(KV.of(BatchKey.of(id.apply(image), batchSize), image));
    }
  }
}
