package dev.pixelprobe.model.checkpoint;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.model.Weights;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A folder as HuggingFace publishes an ImageGPT: config.json, model.safetensors and, where it has
 * one, preprocessor_config.json. Every tensor's presence and shape is checked on opening. Biases
 * that the file leaves out are zero, as in OpenAI's originals; buffers are ignored.
 */
public final class HuggingFaceCheckpoint implements Weights, Closeable {
  private static final String WEIGHTS = "model.safetensors";

  private final Architecture architecture;
  private final Resample resample;
  private final Optional<Palette> palette;
  private final Path file;
  private final SafetensorsFile tensors;

  private HuggingFaceCheckpoint(
      Architecture architecture,
      Resample resample,
      Optional<Palette> palette,
      Path file,
      SafetensorsFile tensors) {
    this.architecture = architecture;
    this.resample = resample;
    this.palette = palette;
    this.file = file;
    this.tensors = tensors;
  }

  /** Opens the folder with the palette it brings, if any. */
  public static HuggingFaceCheckpoint open(Path dir) throws IOException {
    return open(dir, Optional.empty());
  }

  /** Opens the folder with this palette in place of its own. */
  public static HuggingFaceCheckpoint open(Path dir, Palette palette) throws IOException {
    return open(dir, Optional.of(palette));
  }

  private static HuggingFaceCheckpoint open(Path dir, Optional<Palette> override)
      throws IOException {
    if (!Files.isDirectory(dir)) {
      throw new InvalidInputException(
          dir + ": expected a checkpoint folder with config.json and " + WEIGHTS + ", got none");
    }
    Architecture architecture = HuggingFaceConfig.read(dir.resolve("config.json"));
    Optional<PreprocessorConfig> preprocessor = preprocessor(dir, architecture);
    Optional<Palette> palette = override.or(() -> preprocessor.flatMap(p -> p.palette()));
    palette.ifPresent(p -> checkColours(p, dir, architecture));
    Path file = weightsFile(dir);
    SafetensorsFile tensors = SafetensorsFile.open(file);
    try {
      Resample resample = preprocessor.map(p -> p.resample()).orElse(Resample.BILINEAR);
      HuggingFaceCheckpoint checkpoint =
          new HuggingFaceCheckpoint(architecture, resample, palette, file, tensors);
      architecture.tensorShapes().forEach(checkpoint::checkTensor);
      return checkpoint;
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  private static Optional<PreprocessorConfig> preprocessor(Path dir, Architecture architecture)
      throws IOException {
    Path file = dir.resolve("preprocessor_config.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    PreprocessorConfig config = PreprocessorConfig.read(file);
    if (config.nPx() != architecture.nPx()) {
      throw new InvalidInputException(
          "%s: size: expected %d, the root of config.json's n_positions, got %d"
              .formatted(file, architecture.nPx(), config.nPx()));
    }
    return Optional.of(config);
  }

  private static void checkColours(Palette palette, Path dir, Architecture architecture) {
    if (palette.size() != architecture.colours()) {
      throw new InvalidInputException(
          "palette for %s: expected %d colours (vocab_size - 1), got %d; pass the model's own"
              .formatted(dir, architecture.colours(), palette.size()));
    }
  }

  private static Path weightsFile(Path dir) {
    Path file = dir.resolve(WEIGHTS);
    if (!Files.exists(file) && Files.exists(dir.resolve("pytorch_model.bin"))) {
      throw new InvalidInputException(
          "%s: expected %s, got pytorch_model.bin; save it again with safe_serialization=True"
              .formatted(dir, WEIGHTS));
    }
    return file;
  }

  private void checkTensor(String name, long[] expectedShape) {
    String published = publishedName(name);
    List<Long> expected = LongStream.of(expectedShape).boxed().toList();
    if (!tensors.names().contains(published)) {
      if (!isBias(name)) {
        throw new InvalidInputException(
            "%s: %s: expected shape %s, got no such tensor; save the whole model, head included"
                .formatted(file, published, expected));
      }
    } else if (!tensors.shape(published).equals(expected)) {
      throw new InvalidInputException(
          "%s: %s: expected shape %s, got %s; config.json must be that of these weights"
              .formatted(file, published, expected, tensors.shape(published)));
    }
  }

  /** Published names of the biases that the file leaves out and that are taken as zero. */
  public List<String> absentBiases() {
    return architecture.tensorShapes().keySet().stream()
        .filter(HuggingFaceCheckpoint::isBias)
        .map(HuggingFaceCheckpoint::publishedName)
        .filter(name -> !tensors.names().contains(name))
        .toList();
  }

  public Architecture architecture() {
    return architecture;
  }

  /** The filter that resizes images for this model; bilinear where the folder says nothing. */
  public Resample resample() {
    return resample;
  }

  public Optional<Palette> palette() {
    return palette;
  }

  @Override
  public float[] tensor(String name, long... expectedShape) throws IOException {
    String published = publishedName(name);
    checkTensor(name, expectedShape);
    if (!tensors.names().contains(published)) {
      return new float[Math.toIntExact(expectedShape[0])];
    }
    float[] values = tensors.read(published);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InvalidInputException(
            "%s: %s: expected finite values, got %s at element %d; the training diverged"
                .formatted(file, published, values[i], i));
      }
    }
    return values;
  }

  private static boolean isBias(String name) {
    return name.endsWith("/b");
  }

  /** Ours to HuggingFace's: h3/attn/c_attn/w is transformer.h.3.attn.c_attn.weight. */
  private static String publishedName(String name) {
    if (name.equals("head")) {
      return "lm_head.weight";
    }
    String suffix = isBias(name) ? ".bias" : ".weight";
    String path = name.replaceFirst("/[wb]$", "").replaceFirst("^h(\\d+)/", "h.$1/");
    return "transformer." + path.replace('/', '.') + suffix;
  }

  @Override
  public void close() throws IOException {
    tensors.close();
  }
}
