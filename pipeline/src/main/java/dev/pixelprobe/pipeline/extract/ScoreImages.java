package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.ForwardPass;
import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.data.Batch;
import dev.pixelprobe.pipeline.data.ImageId;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * The nats per token of every image, as lines of {@link ImageScore}, and {@link
 * Extracted#DEAD_LETTERS}. The batches are those of {@link ExtractFeatures}, so the numbers are the
 * same bit for bit.
 */
final class ScoreImages extends PTransform<PCollection<Batch<TokenizedImage>>, PCollectionTuple> {
  static final TupleTag<String> SCORES = new TupleTag<>() {};

  private final String modelDir;

  private ScoreImages(String modelDir) {
    this.modelDir = modelDir;
  }

  /**
   * The scores by one model.
   *
   * @param modelDir a SavedModel directory that every worker can read
   */
  static ScoreImages of(String modelDir) {
    return new ScoreImages(modelDir);
  }

  @Override
  public PCollectionTuple expand(PCollection<Batch<TokenizedImage>> batches) {
    return Extracted.codedLetters(
        batches.apply(
            "Score", ParDo.of(new ScoreFn(modelDir)).withOutputTags(SCORES, Extracted.letters())));
  }

  static final class ScoreFn extends DoFn<Batch<TokenizedImage>, String> {
    private static final ForwardPass.Query NATS_ALONE =
        new ForwardPass.Query(List.of(), InputReading.SOS, true);

    private final String modelDir;
    private transient @Nullable SharedModel<ImageGpt> model;

    ScoreFn(String modelDir) {
      this.modelDir = modelDir;
    }

    @Setup
    public void open(PipelineOptions options) throws IOException {
      model = SharedModel.ofImageGpt(modelDir, Precision.F32, options);
    }

    @ProcessElement
    public void score(@Element Batch<TokenizedImage> batch, MultiOutputReceiver out)
        throws IOException {
      Extracted.pass(batch, out);
      if (batch.images().isEmpty()) {
        return;
      }
      List<ImageId> ids = batch.images().stream().map(TokenizedImage::id).toList();
      SharedModel<ImageGpt> gpt = Objects.requireNonNull(model, "@Setup opens it");
      Isolated<ImageScore> isolated =
          Isolated.run(batch.images(), part -> gpt.run(BatchName.of(ids), part, ScoreFn::scores));
      int scored =
          isolated.sort(
              score -> score.complaint(),
              score -> out.get(SCORES).output(score.toLine()),
              (place, reason) ->
                  out.get(Extracted.DEAD_LETTERS).output(Extracted.letter(ids.get(place), reason)));
      LiveCounts.IMAGES.add(scored);
    }

    private static List<ImageScore> scores(ImageGpt gpt, List<TokenizedImage> batch) {
      List<Tokens> tokens = batch.stream().map(TokenizedImage::tokens).toList();
      float[] nats = gpt.run(tokens, NATS_ALONE).natsPerToken();
      return IntStream.range(0, batch.size())
          .mapToObj(image -> new ImageScore(batch.get(image).id().toString(), nats[image]))
          .toList();
    }

    @Teardown
    public void close() {
      if (model != null) {
        model.close();
      }
    }
  }
}
