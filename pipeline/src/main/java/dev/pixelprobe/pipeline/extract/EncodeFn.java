package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.encoder.EncoderInfo;
import dev.pixelprobe.model.encoder.EncoderOutput;
import dev.pixelprobe.model.encoder.ImageEncoder;
import dev.pixelprobe.pipeline.features.FeatureVectors;
import dev.pixelprobe.pipeline.features.ImageFeatures;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** One batch through an encoder. */
final class EncodeFn extends DoFn<KV<String, Iterable<EncoderImage>>, ImageFeatures> {
  private final EncoderInfo info;
  private transient @Nullable SharedModel<ImageEncoder> model;
  private transient @Nullable BatchMetrics metrics;

  EncodeFn(EncoderInfo info) {
    this.info = info;
  }

  @Setup
  public void open() throws IOException {
    long begin = System.nanoTime();
    model = SharedModel.ofEncoder(info);
    metrics = BatchMetrics.loadedSince(begin);
  }

  @StartBundle
  public void reportLoad() {
    metrics().reportLoad();
  }

  @ProcessElement
  public void encode(
      @Element KV<String, Iterable<EncoderImage>> keyed, OutputReceiver<ImageFeatures> out) {
    List<EncoderImage> batch = Batches.inRecordOrder(keyed.getValue(), image -> image.view().id());
    List<RgbImage> inputs = batch.stream().map(EncoderImage::input).toList();
    long begin = System.nanoTime();
    List<float[]> vectors =
        Objects.requireNonNull(model, "@Setup opens it").run(encoder -> encoder.run(inputs));
    metrics().inferredSince(begin);
    for (int image = 0; image < batch.size(); image++) {
      out.output(featuresOf(batch.get(image).view(), vectors.get(image)));
    }
    metrics().done(batch.size());
  }

  @Teardown
  public void close() {
    if (model != null) {
      model.close();
    }
  }

  private ImageFeatures featuresOf(TokenizedImage view, float[] vectors) {
    int from = 0;
    for (EncoderOutput output : info.outputs()) {
      FiniteFeatures.check(view.id(), "output " + output.name(), vectors, from, output.dim());
      from += output.dim();
    }
    return new ImageFeatures(
        view.id().toString(),
        view.id().split(),
        view.label(),
        view.tokens(),
        view.pixels(),
        Float.NaN,
        FeatureVectors.wrap(vectors));
  }

  private BatchMetrics metrics() {
    return Objects.requireNonNull(metrics, "@Setup makes them");
  }
}
