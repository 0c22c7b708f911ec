package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.DeadLetter;
import dev.pixelprobe.pipeline.data.DeadLetterLimit;
import dev.pixelprobe.pipeline.data.ReadBatches;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.DeadLetterFile;
import dev.pixelprobe.pipeline.features.NaturalOrder;
import dev.pixelprobe.pipeline.features.WriteDeadLetters;
import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.job.PipelineJob;
import dev.pixelprobe.pipeline.job.Watch;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * How well one model predicts the images of one split. The answer does not depend on the runner or
 * its parallelism: each image's number does not, and they are put in order before they are summed.
 *
 * @param modelDir the SavedModel directory
 */
public record Scoring(
    DatasetPlan dataset,
    Split split,
    String modelDir,
    ModelInfo model,
    BatchSize batchSize,
    DeadLetterLimit deadLetterLimit) {
  private static final String SCORES = "scores.txt";

  /**
   * What a scoring gave.
   *
   * @param natsPerToken of every image, in the order of the ids; at least one
   * @param deadLetters how many records could not be used
   */
  public record Scored(List<Double> natsPerToken, int deadLetters) {
    public Scored {
      natsPerToken = List.copyOf(natsPerToken);
    }
  }

  /** How many images there are, if that is known before they are read. */
  public OptionalLong images() {
    return dataset.count(split);
  }

  /**
   * Runs the pipeline.
   *
   * @param work an empty folder that every worker can write to: a local path, or a {@code gs://}
   *     URI
   * @throws InvalidInputException if the model has no palette, too many records are unusable, or
   *     there are no images
   */
  public Scored run(String work, PipelineOptions options) throws IOException {
    model.requirePalette();
    Folder folder = Folder.at(work);
    Pipeline pipeline = Pipeline.create(options);
    build(pipeline, folder);
    PipelineJob.run(pipeline, Watch.outputs(LiveCounts.IMAGES, "Score"));
    folder.requireWritten(DeadLetterFile.NAME);
    folder.requireWritten(SCORES);
    List<DeadLetter> letters = DeadLetterFile.read(work);
    List<Double> nats = natsPerToken(folder);
    deadLetterLimit.check(dataset.name(), nats.size(), letters);
    if (nats.isEmpty()) {
      throw new InvalidInputException(
          "%s: expected %s images, got none".formatted(dataset.name(), split.label()));
    }
    return new Scored(nats, letters.size());
  }

  private void build(Pipeline pipeline, Folder work) {
    PCollectionTuple scored =
        pipeline
            .apply(
                "ReadImages",
                ReadBatches.of(
                    dataset.only(split),
                    new Tokenizing(modelDir),
                    TokenizedImageCoder.of(),
                    batchSize.imagesFor(model.architecture())))
            .apply("ScoreImages", ScoreImages.of(modelDir));
    scored
        .get(ScoreImages.SCORES)
        .apply("WriteScores", TextIO.write().to(work.file(SCORES)).withoutSharding());
    scored
        .get(Extracted.DEAD_LETTERS)
        .apply("WriteDeadLetters", WriteDeadLetters.to(work.location()));
  }

  private static List<Double> natsPerToken(Folder work) throws IOException {
    return work.lines(SCORES).stream()
        .map(ImageScore::parse)
        .sorted(Comparator.comparing(ImageScore::id, new NaturalOrder()))
        .map(score -> (double) score.natsPerToken())
        .toList();
  }
}
