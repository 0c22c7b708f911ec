package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.pipeline.features.ImageFeatures;
import dev.pixelprobe.pipeline.features.ImageFeaturesCoder;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Runs the frozen model: one forward pass gives the features of all wanted layers, and for test
 * images the nats per token.
 *
 * <p>A batch is a run of neighbouring records of one shard: a pure function of the ids. So the same
 * images always meet in the same batch, whatever the runner, the parallelism or the retries, and
 * floating point gives the same bits.
 */
public final class ExtractFeatures
    extends PTransform<PCollection<TokenizedImage>, PCollection<ImageFeatures>> {
  private final String modelDir;
  private final List<LayerFeature> features;
  private final InputReading reading;
  private final int batchSize;

  private ExtractFeatures(
      String modelDir, List<LayerFeature> features, InputReading reading, int batchSize) {
    this.modelDir = modelDir;
    this.features = features;
    this.reading = reading;
    this.batchSize = batchSize;
  }

  /**
   * The features of one model.
   *
   * @param modelDir a SavedModel directory that every worker can read
   * @param batchSize images at a time; the last batch of a shard may be smaller
   */
  public static ExtractFeatures of(
      String modelDir, List<LayerFeature> features, InputReading reading, int batchSize) {
    return new ExtractFeatures(modelDir, List.copyOf(features), reading, batchSize);
  }

  @Override
  public PCollection<ImageFeatures> expand(PCollection<TokenizedImage> images) {
    return images
        .apply("KeyByBatch", MapElements.via(new KeyByBatchFn(batchSize)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), TokenizedImageCoder.of()))
        .apply("Batch", GroupByKey.create())
        .apply("Extract", ParDo.of(new ExtractFn(modelDir, features, reading)))
        .setCoder(ImageFeaturesCoder.of());
  }

  private static final class KeyByBatchFn
      extends SimpleFunction<TokenizedImage, KV<String, TokenizedImage>> {
    private final int batchSize;

    KeyByBatchFn(int batchSize) {
      this.batchSize = batchSize;
    }

    @Override
    public KV<String, TokenizedImage> apply(TokenizedImage image) {
      return KV.of(BatchKey.of(image.id(), batchSize), image);
    }
  }
}
