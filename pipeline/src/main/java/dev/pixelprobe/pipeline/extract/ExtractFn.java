package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.ForwardPass;
import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.data.Batch;
import dev.pixelprobe.pipeline.data.ImageId;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureVectors;
import dev.pixelprobe.pipeline.features.ImageFeatures;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/**
 * One batch through the model. Test images are scored as well, where the reading allows it and it
 * is asked for.
 */
final class ExtractFn extends DoFn<Batch<TokenizedImage>, ImageFeatures> {
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
  public void open(PipelineOptions options) throws IOException {
    long begin = System.nanoTime();
    model = SharedModel.ofImageGpt(modelDir, precision, options);
    metrics = BatchMetrics.loadedSince(begin);
  }

  @StartBundle
  public void reportLoad() {
    metrics().reportLoad();
  }

  @ProcessElement
  public void extract(@Element Batch<TokenizedImage> batch, MultiOutputReceiver out)
      throws IOException {
    Extracted.pass(batch, out);
    if (batch.images().isEmpty()) {
      return;
    }
    List<ImageId> ids = batch.images().stream().map(TokenizedImage::id).toList();
    long begin = System.nanoTime();
    Isolated<ImageFeatures> isolated =
        Isolated.run(batch.images(), part -> model().run(BatchName.of(ids), part, this::forward));
    metrics().inferredSince(begin);
    metrics().done(Extracted.output(isolated, ids, this::complaint, out));
  }

  @Teardown
  public void close() {
    if (model != null) {
      model.close();
    }
  }

  private List<ImageFeatures> forward(ImageGpt gpt, List<TokenizedImage> batch) {
    List<Tokens> tokens = batch.stream().map(TokenizedImage::tokens).toList();
    ForwardPass pass =
        gpt.run(
            tokens, new ForwardPass.Query(features, reading, scored(batch.get(0).id().split())));
    return IntStream.range(0, batch.size())
        .mapToObj(image -> featuresOf(batch.get(image), pass, image))
        .toList();
  }

  private SharedModel<ImageGpt> model() {
    return Objects.requireNonNull(model, "@Setup opens it");
  }

  private boolean scored(Split split) {
    return scoring && reading == InputReading.SOS && split == Split.TEST;
  }

  private ImageFeatures featuresOf(TokenizedImage image, ForwardPass pass, int row) {
    int dim = pass.feature(0, row).length;
    float[] vectors = new float[features.size() * dim];
    for (int column = 0; column < features.size(); column++) {
      int from = column * dim;
      System.arraycopy(pass.feature(column, row), 0, vectors, from, dim);
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

  private Optional<String> complaint(ImageFeatures image) {
    int dim = image.features().size() / features.size();
    for (int column = 0; column < features.size(); column++) {
      String label = features.get(column).label();
      Optional<String> complaint =
          FiniteFeatures.complaint(label, image.features().values(), column * dim, dim);
      if (complaint.isPresent()) {
        return complaint;
      }
    }
    return scored(image.split()) ? ImageScore.complaint(image.natsPerToken()) : Optional.empty();
  }

  private BatchMetrics metrics() {
    return Objects.requireNonNull(metrics, "@Setup makes them");
  }
}
