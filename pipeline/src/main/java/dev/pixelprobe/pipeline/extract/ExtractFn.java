package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.ForwardPass;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureVectors;
import dev.pixelprobe.pipeline.features.ImageFeatures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** One batch through the model. Test images are scored as well, where the reading allows it. */
final class ExtractFn extends DoFn<KV<String, Iterable<TokenizedImage>>, ImageFeatures> {
  private static final Counter IMAGES = Metrics.counter(ExtractFeatures.class, "images");
  private static final Counter BATCHES = Metrics.counter(ExtractFeatures.class, "batches");
  private static final Distribution BATCH_SIZE =
      Metrics.distribution(ExtractFeatures.class, "batch_size");
  private static final Distribution INFERENCE_MS =
      Metrics.distribution(ExtractFeatures.class, "inference_ms");
  private static final Distribution MODEL_LOAD_MS =
      Metrics.distribution(ExtractFeatures.class, "model_load_ms");

  private final String modelDir;
  private final List<LayerFeature> features;
  private final InputReading reading;
  private transient @Nullable SharedModel model;
  private transient long loadMillis;

  ExtractFn(String modelDir, List<LayerFeature> features, InputReading reading) {
    this.modelDir = modelDir;
    this.features = features;
    this.reading = reading;
  }

  @Setup
  public void open() throws IOException {
    long begin = System.nanoTime();
    model = SharedModel.open(modelDir);
    loadMillis = millisSince(begin);
  }

  /** Metrics count only inside a bundle, so the load is reported with the first. */
  @StartBundle
  public void reportLoad() {
    if (loadMillis >= 0) {
      MODEL_LOAD_MS.update(loadMillis);
      loadMillis = -1;
    }
  }

  @ProcessElement
  public void extract(
      @Element KV<String, Iterable<TokenizedImage>> keyed, OutputReceiver<ImageFeatures> out) {
    List<TokenizedImage> batch = inRecordOrder(keyed.getValue());
    ForwardPass pass = forward(batch);
    for (int image = 0; image < batch.size(); image++) {
      out.output(featuresOf(batch.get(image), pass, image));
    }
    IMAGES.inc(batch.size());
    BATCHES.inc();
    BATCH_SIZE.update(batch.size());
    LiveCounts.IMAGES.add(batch.size());
  }

  @Teardown
  public void close() {
    if (model != null) {
      model.close();
    }
  }

  private static List<TokenizedImage> inRecordOrder(Iterable<TokenizedImage> images) {
    List<TokenizedImage> batch = new ArrayList<>();
    images.forEach(batch::add);
    batch.sort(Comparator.comparingLong(image -> image.id().record()));
    return batch;
  }

  private ForwardPass forward(List<TokenizedImage> batch) {
    List<Tokens> tokens = batch.stream().map(TokenizedImage::tokens).toList();
    long begin = System.nanoTime();
    ForwardPass pass =
        Objects.requireNonNull(model, "@Setup opens it")
            .run(tokens, new ForwardPass.Query(features, reading, scored(batch)));
    INFERENCE_MS.update(millisSince(begin));
    return pass;
  }

  private boolean scored(List<TokenizedImage> batch) {
    return reading == InputReading.SOS && batch.get(0).id().split() == Split.TEST;
  }

  private ImageFeatures featuresOf(TokenizedImage image, ForwardPass pass, int row) {
    int dim = pass.feature(0, row).length;
    float[] vectors = new float[features.size() * dim];
    for (int column = 0; column < features.size(); column++) {
      System.arraycopy(pass.feature(column, row), 0, vectors, column * dim, dim);
    }
    float nats = pass.natsPerToken().length == 0 ? Float.NaN : pass.natsPerToken()[row];
    return new ImageFeatures(
        image.id().toString(),
        image.id().split(),
        image.label(),
        image.tokens(),
        image.pixels(),
        nats,
        FeatureVectors.wrap(features.size(), dim, vectors));
  }

  private static long millisSince(long beginNanos) {
    return (System.nanoTime() - beginNanos) / 1_000_000;
  }
}
