package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.pipeline.LiveCounts;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;

/** What a worker counts while it runs batches through its model. */
final class BatchMetrics {
  private static final Counter IMAGES = Metrics.counter(ExtractFeatures.class, "images");
  private static final Counter BATCHES = Metrics.counter(ExtractFeatures.class, "batches");
  private static final Distribution BATCH_SIZE =
      Metrics.distribution(ExtractFeatures.class, "batch_size");
  private static final Distribution INFERENCE_MS =
      Metrics.distribution(ExtractFeatures.class, "inference_ms");
  private static final Distribution MODEL_LOAD_MS =
      Metrics.distribution(ExtractFeatures.class, "model_load_ms");

  private final long loadMillis;
  private boolean reported;

  private BatchMetrics(long loadMillis) {
    this.loadMillis = loadMillis;
  }

  /** For a worker that has just loaded its model, since {@code beginNanos}. */
  static BatchMetrics loadedSince(long beginNanos) {
    return new BatchMetrics(millisSince(beginNanos));
  }

  /** Metrics count only inside a bundle, so the load is reported with the first. */
  void reportLoad() {
    if (!reported) {
      MODEL_LOAD_MS.update(loadMillis);
      reported = true;
    }
  }

  /** A batch that came back from the model. */
  void inferredSince(long beginNanos) {
    INFERENCE_MS.update(millisSince(beginNanos));
  }

  /** A batch that is done. */
  void done(int images) {
    IMAGES.inc(images);
    BATCHES.inc();
    BATCH_SIZE.update(images);
    LiveCounts.IMAGES.add(images);
  }

  private static long millisSince(long beginNanos) {
    return (System.nanoTime() - beginNanos) / 1_000_000;
  }
}
