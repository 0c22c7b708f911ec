package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.encoder.EncoderInfo;
import dev.pixelprobe.model.encoder.EncoderOutput;
import dev.pixelprobe.model.encoder.ImageEncoder;
import dev.pixelprobe.pipeline.data.Batch;
import dev.pixelprobe.pipeline.data.ImageId;
import dev.pixelprobe.pipeline.features.FeatureVectors;
import dev.pixelprobe.pipeline.features.ImageFeatures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/** One batch through an encoder. */
final class EncodeFn extends DoFn<Batch<EncoderImage>, ImageFeatures> {
  private final EncoderInfo info;
  private transient @Nullable SharedModel<ImageEncoder> model;
  private transient @Nullable BatchMetrics metrics;

  EncodeFn(EncoderInfo info) {
    this.info = info;
  }

  @Setup
  public void open(PipelineOptions options) throws IOException {
    long begin = System.nanoTime();
    model = SharedModel.ofEncoder(info, options);
    metrics = BatchMetrics.loadedSince(begin);
  }

  @StartBundle
  public void reportLoad() {
    metrics().reportLoad();
  }

  @ProcessElement
  public void encode(@Element Batch<EncoderImage> batch, MultiOutputReceiver out)
      throws IOException {
    Extracted.pass(batch, out);
    if (batch.images().isEmpty()) {
      return;
    }
    List<ImageId> ids = batch.images().stream().map(image -> image.view().id()).toList();
    long begin = System.nanoTime();
    Isolated<ImageFeatures> isolated =
        Isolated.run(
            batch.images(), part -> model().run(BatchName.of(ids), part, EncodeFn::featuresOf));
    metrics().inferredSince(begin);
    metrics().done(Extracted.output(isolated, ids, this::complaint, out));
  }

  @Teardown
  public void close() {
    if (model != null) {
      model.close();
    }
  }

  private SharedModel<ImageEncoder> model() {
    return Objects.requireNonNull(model, "@Setup opens it");
  }

  private static List<ImageFeatures> featuresOf(ImageEncoder encoder, List<EncoderImage> batch) {
    List<RgbImage> inputs = batch.stream().map(EncoderImage::input).toList();
    List<float[]> vectors = encoder.run(inputs);
    List<ImageFeatures> features = new ArrayList<>();
    for (int image = 0; image < batch.size(); image++) {
      TokenizedImage view = batch.get(image).view();
      features.add(
          new ImageFeatures(
              view.id().toString(),
              view.id().split(),
              view.label(),
              view.tokens(),
              view.pixels(),
              Float.NaN,
              FeatureVectors.wrap(vectors.get(image))));
    }
    return features;
  }

  private Optional<String> complaint(ImageFeatures features) {
    int from = 0;
    for (EncoderOutput output : info.outputs()) {
      Optional<String> complaint =
          FiniteFeatures.complaint(
              "output " + output.name(), features.features().values(), from, output.dim());
      if (complaint.isPresent()) {
        return complaint;
      }
      from += output.dim();
    }
    return Optional.empty();
  }

  private BatchMetrics metrics() {
    return Objects.requireNonNull(metrics, "@Setup makes them");
  }
}
