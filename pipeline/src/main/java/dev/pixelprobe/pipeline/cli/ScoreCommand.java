package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.results.Generative;
import dev.pixelprobe.eval.results.JsonFile;
import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.ForwardPass;
import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.model.array.NpyType;
import dev.pixelprobe.model.array.NpyWriter;
import dev.pixelprobe.model.array.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How well the model predicts tokens. */
@Command(
    name = "score",
    description =
        "Score tokens: the model's mean cross-entropy, in nats per token. A BERT model guesses 15%%"
            + " of each image's tokens from the others; which ones, the tokens themselves decide.",
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  @Option(
      names = "--tokens",
      paramLabel = "T.npy",
      required = true,
      description = "int32 or int64 [N, n_px * n_px]")
  private Path tokens;

  @Mixin private ModelOption model = new ModelOption();
  @Mixin private BatchOption batch = new BatchOption();

  @Option(
      names = "--logits",
      paramLabel = "L.npy",
      description =
          "also write the logits, float32 [N, positions, colours]; a BERT model's see every token")
  private @Nullable Path logits;

  @Option(names = "--out", paramLabel = "FILE.json", required = true, description = "the scores")
  private Path out;

  private final AtomicLong done = new AtomicLong();

  /**
   * What is written.
   *
   * @param perImage nats per token of each image
   */
  record Scored(
      double natsPerToken, double natsPerTokenStderr, double bitsPerToken, List<Double> perImage) {}

  @Override
  public Integer call() throws IOException {
    List<Double> perImage = new ArrayList<>();
    try (ImageGpt gpt = ImageGpt.open(model.directory(), BatchOption.threads());
        TokenFile file = TokenFile.open(tokens, gpt.architecture(), InputReading.SOS);
        ProgressLine progress =
            new ProgressLine("score", "images", OptionalLong.of(file.images()), done::get)) {
      if (file.images() == 0) {
        throw new InvalidInputException(
            "tokens %s: expected at least 1 image, got 0".formatted(tokens));
      }
      if (logits == null) {
        forEachBatch(file, gpt, images -> perImage.addAll(score(gpt, images)));
      } else {
        Architecture architecture = gpt.architecture();
        Shape shape = Shape.of(file.images(), architecture.positions(), architecture.colours());
        try (NpyWriter writer = NpyWriter.create(logits, NpyType.FLOAT32, shape)) {
          forEachBatch(
              file,
              gpt,
              images -> {
                perImage.addAll(score(gpt, images));
                writer.append(gpt.logits(images, InputReading.SOS));
              });
        }
      }
    }
    write(perImage);
    return 0;
  }

  /** What is done with one batch of images. */
  @FunctionalInterface
  private interface BatchTask {
    void run(List<Tokens> images) throws IOException;
  }

  private void forEachBatch(TokenFile file, ImageGpt gpt, BatchTask task) throws IOException {
    int rows = batch.images(gpt.architecture());
    for (Optional<List<Tokens>> images = file.next(rows);
        images.isPresent();
        images = file.next(rows)) {
      task.run(images.get());
      done.addAndGet(images.get().size());
    }
  }

  private static List<Double> score(ImageGpt gpt, List<Tokens> images) {
    ForwardPass.Query query = new ForwardPass.Query(List.of(), InputReading.SOS, true);
    List<Double> nats = new ArrayList<>();
    for (float perToken : gpt.run(images, query).natsPerToken()) {
      nats.add((double) perToken);
    }
    return nats;
  }

  private void write(List<Double> perImage) throws IOException {
    Generative summary =
        Generative.of(perImage.stream().mapToDouble(Double::doubleValue).toArray());
    JsonFile.write(
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
