package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.array.NpyReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An .npy file of token ids [N, n_px * n_px], read in batches. */
final class TokenFile implements Closeable {
  private final Path file;
  private final NpyReader reader;
  private final int ids;
  private int rowsRead;

  private TokenFile(Path file, NpyReader reader, int ids) {
    this.file = file;
    this.reader = reader;
    this.ids = ids;
  }

  /** Opens a file of tokens for a model; the hf reading may hold its start token too. */
  static TokenFile open(Path file, Architecture architecture, InputReading reading)
      throws IOException {
    NpyReader reader = NpyReader.open(file);
    try {
      reader
          .shape()
          .require(
              "(N, %d)".formatted(architecture.positions()),
              "tokens " + file,
              "tokenize the images for this model");
      return new TokenFile(file, reader, architecture.ids(reading));
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  int images() {
    return reader.shape().dim(0);
  }

  /** What is done with one batch of images. */
  @FunctionalInterface
  interface BatchTask {
    void run(List<Tokens> images) throws IOException;
  }

  /** All images in order, at most {@code batchSize} at a time. */
  void forEachBatch(int batchSize, BatchTask task) throws IOException {
    for (Optional<NpyArray> rows = reader.next(batchSize);
        rows.isPresent();
        rows = reader.next(batchSize)) {
      task.run(toTokens(rows.get()));
    }
  }

  private List<Tokens> toTokens(NpyArray rows) {
    int[] values = rows.toInts();
    int positions = rows.shape().dim(1);
    List<Tokens> images = new ArrayList<>();
    for (int begin = 0; begin < values.length; begin += positions) {
      short[] tokens = new short[positions];
      for (int position = 0; position < positions; position++) {
        tokens[position] = checked(values[begin + position], position);
      }
      images.add(Tokens.wrap(tokens));
      rowsRead++;
    }
    return images;
  }

  private short checked(int id, int position) {
    if (id < 0 || id >= ids) {
      throw new InvalidInputException(
          "tokens %s: expected 0..%d, got %d at row %d, position %d; tokenize with this model's palette"
              .formatted(file, ids - 1, id, rowsRead, position));
    }
    return (short) id;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
