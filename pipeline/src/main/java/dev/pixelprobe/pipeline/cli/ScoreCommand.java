package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.results.Generative;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.pipeline.LiveCounts;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.extract.Scoring;
import dev.pixelprobe.pipeline.files.WorkFolder;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** How well the model predicts tokens. */
@Command(
    name = "score",
    description =
        "Score a data set's images, or tokens: the model's mean cross-entropy, in nats per token."
            + " A BERT model guesses 15%% of each image's tokens from the others; which ones, the"
            + " tokens themselves decide.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ScoreCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private DatasetOptions dataset = new DatasetOptions();

  @Option(
      names = "--split",
      paramLabel = "test|train",
      description = "which images of the data set; default test")
  private @Nullable Split split;

  @Option(
      names = "--tokens",
      paramLabel = "T.npy",
      description = "instead of a data set: int32 or int64 [N, n_px * n_px]")
  private @Nullable Source tokens;

  @Option(
      names = "--logits",
      paramLabel = "L.npy",
      description =
          "with --tokens: also write the logits, float32 [N, positions, colours]; a BERT model's"
              + " see every token")
  private @Nullable Target logits;

  @Mixin private ModelOption model = new ModelOption();
  @Mixin private BatchOption batch = new BatchOption();
  @Mixin private DeviceOptions device = new DeviceOptions();
  @Mixin private BatchTimeoutOption batchTimeout = new BatchTimeoutOption();
  @Mixin private DeadLetterOption deadLetters = new DeadLetterOption();

  @Option(
      names = "--out",
      paramLabel = "FILE.json",
      description = "the scores; required with --tokens")
  private @Nullable Target out;

  @Override
  public Integer call() throws IOException {
    checkSource();
    if (tokens == null) {
      scoreDataset();
    } else {
      scoreTokens(tokens);
    }
    return 0;
  }

  private void checkSource() {
    boolean images = dataset.isGiven() || split != null;
    if (images == (tokens != null)) {
      throw new InvalidInputException(
          "score: expected one of --dataset NAME and --tokens T.npy, got %s"
              .formatted(images ? "both; leave one out" : "neither; pass one"));
    }
    if (tokens == null && logits != null) {
      throw new InvalidInputException(
          "--logits: expected with --tokens only, got it with --dataset; leave it out");
    }
  }

  private void scoreDataset() throws IOException {
    String beside =
        out == null
            ? System.getProperty("java.io.tmpdir") + "/pixelprobe-score"
            : OutputFile.checked(out).location();
    PipelineOptions options = batchTimeout.addTo(device.pipelineOptions(main.invocation()));
    Scoring scoring = scoring();
    LiveCounts.IMAGES.reset();
    Scoring.Scored scored;
    try (WorkFolder work = WorkFolder.beside(beside);
        ProgressLine progress =
            new ProgressLine("score", "images", scoring.images(), LiveCounts.IMAGES::sum)) {
      scored = scoring.run(work.location(), options);
    }
    DeadLetterOption.warn(scored.deadLetters());
    ScoreReport report = ScoreReport.of(scoring, scored);
    if (out != null) {
      JsonOutput.write(out, report);
    }
    System.out.print(report.text());
  }

  private Scoring scoring() throws IOException {
    ModelPlace place = model.place();
    return new Scoring(
        dataset.open(),
        split == null ? Split.TEST : split,
        place.location(),
        ModelInfo.read(place.local()),
        batch.size(),
        deadLetters.limit());
  }

  /**
   * What is written of an array's scores.
   *
   * @param perImage nats per token of each image
   */
  record Scored(
      double natsPerToken, double natsPerTokenStderr, double bitsPerToken, List<Double> perImage) {}

  private void scoreTokens(Source file) throws IOException {
    if (out == null) {
      throw new InvalidInputException("--out FILE.json: expected with --tokens, got none; pass it");
    }
    device.forProcess();
    List<Double> perImage = new TokenScores(file, batch).perImage(model.directory(), logits);
    Generative summary = Generative.of(ScoreReport.toArray(perImage));
    JsonOutput.write(
        out,
        new Scored(
            summary.natsPerToken(),
            summary.natsPerTokenStderr(),
            summary.bitsPerToken(),
            perImage));
    System.out.printf(
        Locale.ROOT,
        "%d images: %.4f nats per token (standard error %.4f), %.4f bits%n",
        perImage.size(),
        summary.natsPerToken(),
        summary.natsPerTokenStderr(),
        summary.bitsPerToken());
  }
}
