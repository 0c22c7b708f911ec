package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.ForwardPass;
import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureVectors;
import dev.pixelprobe.pipeline.features.ImageFeatures;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * One batch through the model. Test images are scored as well, where the reading allows it and it
 * is asked for.
 */
final class ExtractFn extends DoFn<KV<String, Iterable<TokenizedImage>>, ImageFeatures> {
  private final String modelDir;
  private final List<LayerFeature> features;
  private final InputReading reading;
  private final Precision precision;
  private final boolean scoring;
  private transient @Nullable SharedModel<ImageGpt> model;
  private transient @Nullable BatchMetrics metrics;

  ExtractFn(
      String modelDir,
      List<LayerFeature> features,
      InputReading reading,
      Precision precision,
      boolean scoring) {
    this.modelDir = modelDir;
    this.features = features;
    this.reading = reading;
    this.precision = precision;
    this.scoring = scoring;
  }

  @Setup
  public void open() throws IOException {
    long begin = System.nanoTime();
    model = SharedModel.ofImageGpt(modelDir, precision);
    metrics = BatchMetrics.loadedSince(begin);
  }

  @StartBundle
  public void reportLoad() {
    metrics().reportLoad();
  }

  @ProcessElement
  public void extract(
      @Element KV<String, Iterable<TokenizedImage>> keyed, OutputReceiver<ImageFeatures> out) {
    List<TokenizedImage> batch = Batches.inRecordOrder(keyed.getValue(), TokenizedImage::id);
    ForwardPass pass = forward(batch);
    for (int image = 0; image < batch.size(); image++) {
      out.output(featuresOf(batch.get(image), pass, image));
    }
    metrics().done(batch.size());
  }

  @Teardown
  public void close() {
    if (model != null) {
      model.close();
    }
  }

  private ForwardPass forward(List<TokenizedImage> batch) {
    List<Tokens> tokens = batch.stream().map(TokenizedImage::tokens).toList();
    ForwardPass.Query query = new ForwardPass.Query(features, reading, scored(batch));
    long begin = System.nanoTime();
    ForwardPass pass =
        Objects.requireNonNull(model, "@Setup opens it").run(gpt -> gpt.run(tokens, query));
    metrics().inferredSince(begin);
    return pass;
  }

  private boolean scored(List<TokenizedImage> batch) {
    return scoring && reading == InputReading.SOS && batch.get(0).id().split() == Split.TEST;
  }

  private ImageFeatures featuresOf(TokenizedImage image, ForwardPass pass, int row) {
    int dim = pass.feature(0, row).length;
    float[] vectors = new float[features.size() * dim];
    for (int column = 0; column < features.size(); column++) {
      int from = column * dim;
      System.arraycopy(pass.feature(column, row), 0, vectors, from, dim);
      FiniteFeatures.check(image.id(), features.get(column).label(), vectors, from, dim);
    }
    float nats = pass.natsPerToken().length == 0 ? Float.NaN : pass.natsPerToken()[row];
    return new ImageFeatures(
        image.id().toString(),
        image.id().split(),
        image.label(),
        image.tokens(),
        image.pixels(),
        nats,
        FeatureVectors.wrap(vectors));
  }

  private BatchMetrics metrics() {
    return Objects.requireNonNull(metrics, "@Setup makes them");
  }
}
