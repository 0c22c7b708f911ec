package dev.pixelprobe.pipeline.sample;

import dev.pixelprobe.model.SamplingOptions;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Draws the images with these indices.
 *
 * <p>A batch is a run of neighbouring indices: the same images always meet in the same batch,
 * whatever the runner, the parallelism or the retries, and an image's random numbers are a function
 * of seed and index.
 */
public final class SampleImages extends PTransform<PCollection<Long>, PCollection<SampledImage>> {
  private final String modelDir;
  private final SamplingOptions options;
  private final int batchSize;
  private final @Nullable Primes primes;

  private SampleImages(
      String modelDir, SamplingOptions options, int batchSize, @Nullable Primes primes) {
    this.modelDir = modelDir;
    this.options = options;
    this.batchSize = batchSize;
    this.primes = primes;
  }

  /**
   * Images of one model.
   *
   * @param modelDir a SavedModel directory that every worker can read
   * @param batchSize images at a time
   */
  public static SampleImages of(String modelDir, SamplingOptions options, int batchSize) {
    return new SampleImages(modelDir, options, batchSize, null);
  }

  /** Completions of real images. */
  public SampleImages completing(Primes given) {
    return new SampleImages(modelDir, options, batchSize, given);
  }

  @Override
  public PCollection<SampledImage> expand(PCollection<Long> indices) {
    return indices
        .apply("KeyByBatch", MapElements.via(new KeyByBatchFn(batchSize)))
        .setCoder(KvCoder.of(VarLongCoder.of(), VarLongCoder.of()))
        .apply("Batch", GroupByKey.create())
        .apply("Draw", ParDo.of(new DrawFn(modelDir, options, primes)))
        .setCoder(SampledImageCoder.of());
  }

  private static final class KeyByBatchFn extends SimpleFunction<Long, KV<Long, Long>> {
    private final int batchSize;

    KeyByBatchFn(int batchSize) {
      this.batchSize = batchSize;
    }

    @Override
    public KV<Long, Long> apply(Long index) {
      return KV.of(index / batchSize, index);
    }
  }
}
