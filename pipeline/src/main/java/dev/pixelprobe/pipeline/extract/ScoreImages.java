package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.ForwardPass;
import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.LiveCounts;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * The nats per token of every image, as lines of {@link ImageScore}. The batches are those of
 * {@link ExtractFeatures}, so the numbers are the same bit for bit.
 */
final class ScoreImages extends PTransform<PCollection<TokenizedImage>, PCollection<String>> {
  private final String modelDir;
  private final int batchSize;

  private ScoreImages(String modelDir, int batchSize) {
    this.modelDir = modelDir;
    this.batchSize = batchSize;
  }

  /**
   * The scores by one model.
   *
   * @param modelDir a SavedModel directory that every worker can read
   */
  static ScoreImages of(String modelDir, int batchSize) {
    return new ScoreImages(modelDir, batchSize);
  }

  @Override
  public PCollection<String> expand(PCollection<TokenizedImage> images) {
    return images
        .apply("Batch", Batches.of(TokenizedImageCoder.of(), TokenizedImage::id, batchSize))
        .apply("Score", ParDo.of(new ScoreFn(modelDir)));
  }

  static final class ScoreFn extends DoFn<KV<String, Iterable<TokenizedImage>>, String> {
    private static final ForwardPass.Query NATS_ALONE =
        new ForwardPass.Query(List.of(), InputReading.SOS, true);

    private final String modelDir;
    private transient @Nullable SharedModel<ImageGpt> model;

    ScoreFn(String modelDir) {
      this.modelDir = modelDir;
    }

    @Setup
    public void open() throws IOException {
      model = SharedModel.ofImageGpt(modelDir, Precision.F32);
    }

    @ProcessElement
    public void score(
        @Element KV<String, Iterable<TokenizedImage>> keyed, OutputReceiver<String> out) {
      List<TokenizedImage> batch = Batches.inRecordOrder(keyed.getValue(), TokenizedImage::id);
      List<Tokens> tokens = batch.stream().map(TokenizedImage::tokens).toList();
      ForwardPass pass =
          Objects.requireNonNull(model, "@Setup opens it").run(gpt -> gpt.run(tokens, NATS_ALONE));
      for (int image = 0; image < batch.size(); image++) {
        String id = batch.get(image).id().toString();
        out.output(new ImageScore(id, pass.natsPerToken()[image]).toLine());
      }
      LiveCounts.IMAGES.add(batch.size());
    }

    @Teardown
    public void close() {
      if (model != null) {
        model.close();
      }
    }
  }
}
