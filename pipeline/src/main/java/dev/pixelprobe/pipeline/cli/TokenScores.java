package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.ForwardPass;
import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.SessionOptions;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.model.array.NpyType;
import dev.pixelprobe.model.array.NpyWriter;
import dev.pixelprobe.model.array.Shape;
import dev.pixelprobe.pipeline.storage.FileFilling;
import dev.pixelprobe.pipeline.storage.Source;
import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The scores of an array of tokens. */
final class TokenScores {
  private final Source tokens;
  private final BatchOption batch;
  private final AtomicLong done = new AtomicLong();

  TokenScores(Source tokens, BatchOption batch) {
    this.tokens = tokens;
    this.batch = batch;
  }

  /**
   * Nats per token of each image.
   *
   * @param logits where to write the logits, if they are wanted
   */
  List<Double> perImage(Path modelDir, @Nullable Target logits) throws IOException {
    Architecture architecture = ModelInfo.read(modelDir).architecture();
    try (TokenFile file = TokenFile.open(tokens.local(), architecture, InputReading.SOS)) {
      if (file.images() == 0) {
        throw new InvalidInputException(
            "tokens %s: expected at least 1 image, got 0".formatted(tokens));
      }
      return perImage(modelDir, file, logits);
    }
  }

  private List<Double> perImage(Path modelDir, TokenFile file, @Nullable Target logits)
      throws IOException {
    try (ImageGpt gpt = ImageGpt.open(modelDir, Precision.F32, SessionOptions.ofProcess());
        ProgressLine progress =
            new ProgressLine("score", "images", OptionalLong.of(file.images()), done::get)) {
      List<Double> perImage = new ArrayList<>();
      if (logits == null) {
        forEachBatch(file, gpt, images -> perImage.addAll(score(gpt, images)));
        return perImage;
      }
      Architecture architecture = gpt.architecture();
      Shape shape = Shape.of(file.images(), architecture.positions(), architecture.colours());
      try (FileFilling filling = FileFilling.of(logits)) {
        try (NpyWriter writer = NpyWriter.create(filling.path(), NpyType.FLOAT32, shape)) {
          forEachBatch(
              file,
              gpt,
              images -> {
                perImage.addAll(score(gpt, images));
                writer.append(gpt.logits(images, InputReading.SOS));
              });
        }
        filling.publish();
      }
      return perImage;
    }
  }

  private void forEachBatch(TokenFile file, ImageGpt gpt, TokenFile.BatchTask task)
      throws IOException {
    file.forEachBatch(
        batch.images(gpt.architecture()),
        images -> {
          task.run(images);
          done.addAndGet(images.size());
        });
  }

  private static List<Double> score(ImageGpt gpt, List<Tokens> images) {
    ForwardPass.Query query = new ForwardPass.Query(List.of(), InputReading.SOS, true);
    List<Double> nats = new ArrayList<>();
    for (float perToken : gpt.run(images, query).natsPerToken()) {
      nats.add((double) perToken);
    }
    return nats;
  }
}
