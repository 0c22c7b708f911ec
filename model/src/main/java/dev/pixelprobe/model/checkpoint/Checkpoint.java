package dev.pixelprobe.model.checkpoint;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Objective;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.model.Weights;
import dev.pixelprobe.model.checkpoint.bundle.TensorBundle;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** An Image GPT as its authors published it. Every tensor's presence and shape is known to fit. */
public sealed interface Checkpoint extends Weights, Closeable
    permits HuggingFaceCheckpoint, OpenAiCheckpoint {

  /**
   * Opens what is there: a HuggingFace folder, or OpenAI's TensorFlow files by their prefix.
   *
   * @param from a folder, or {@code DIR/model.ckpt-N} without {@code .index}
   * @param objective what the model was trained to do, which no checkpoint says of itself
   * @throws InvalidInputException if neither is there, or it is no whole Image GPT
   */
  static Checkpoint open(Path from, Objective objective) throws IOException {
    if (TensorBundle.isAt(from)) {
      return OpenAiCheckpoint.open(from, objective);
    }
    if (Files.isRegularFile(from)) {
      throw new InvalidInputException(
          "%s: expected a folder, or the prefix of a TensorFlow checkpoint, got a file; pass the folder it is in, or its name without .index or .data-*"
              .formatted(from));
    }
    return HuggingFaceCheckpoint.open(from, objective);
  }

  Architecture architecture();

  /** The filter that resizes images for this model; bilinear where nothing is said. */
  Resample resample();

  /** The colours it brings along, if any. */
  Optional<Palette> palette();

  /** Published names of biases that are not in the files though some models have them: zeros. */
  List<String> absentBiases();
}
