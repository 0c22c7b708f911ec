package dev.pixelprobe.model.checkpoint;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Objective;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.model.checkpoint.safetensors.SafetensorsFile;
import dev.pixelprobe.model.checkpoint.tensor.Tensors;
import dev.pixelprobe.model.checkpoint.torch.TorchFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A folder as HuggingFace publishes an ImageGPT: config.json, the weights and, where it has one,
 * preprocessor_config.json. The weights are model.safetensors or pytorch_model.bin, in one file or
 * in several under an index. Every tensor's presence and shape is checked on opening. Biases that
 * the files leave out are zero, as in OpenAI's originals; buffers are ignored.
 */
public final class HuggingFaceCheckpoint implements Checkpoint {
  private static final String SAFETENSORS = "model.safetensors";
  private static final String TORCH = "pytorch_model.bin";
  private static final String INDEX = ".index.json";

  private final Architecture architecture;
  private final Resample resample;
  private final Optional<Palette> palette;
  private final Tensors tensors;

  private HuggingFaceCheckpoint(
      Architecture architecture, Resample resample, Optional<Palette> palette, Tensors tensors) {
    this.architecture = architecture;
    this.resample = resample;
    this.palette = palette;
    this.tensors = tensors;
  }

  /** Opens an autoregressive model's folder. */
  public static HuggingFaceCheckpoint open(Path dir) throws IOException {
    return open(dir, Objective.AUTOREGRESSIVE);
  }

  /**
   * Opens the folder.
   *
   * @param objective what the model was trained to do; of a BERT model's {@code wte} the last row,
   *     the start token, is not read
   */
  public static HuggingFaceCheckpoint open(Path dir, Objective objective) throws IOException {
    if (!Files.isDirectory(dir)) {
      throw new InvalidInputException(
          dir + ": expected a checkpoint folder with config.json and the weights, got none");
    }
    Architecture architecture =
        HuggingFaceConfig.read(dir.resolve("config.json")).withObjective(objective);
    Optional<PreprocessorConfig> preprocessor = preprocessor(dir, architecture);
    Tensors tensors = weights(dir);
    try {
      HuggingFaceCheckpoint checkpoint =
          new HuggingFaceCheckpoint(
              architecture,
              preprocessor.map(p -> p.resample()).orElse(Resample.BILINEAR),
              preprocessor.flatMap(p -> p.palette()),
              tensors);
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

  private static Tensors weights(Path dir) throws IOException {
    if (Files.exists(dir.resolve(SAFETENSORS))) {
      return SafetensorsFile.open(dir.resolve(SAFETENSORS));
    }
    if (Files.exists(dir.resolve(SAFETENSORS + INDEX))) {
      return ShardedTensors.open(dir.resolve(SAFETENSORS + INDEX), SafetensorsFile::open);
    }
    if (Files.exists(dir.resolve(TORCH))) {
      return TorchFile.open(dir.resolve(TORCH));
    }
    if (Files.exists(dir.resolve(TORCH + INDEX))) {
      return ShardedTensors.open(dir.resolve(TORCH + INDEX), TorchFile::open);
    }
    throw new InvalidInputException(
        "%s: expected %s or %s, or one's %s and the files it names, got none of them"
            .formatted(dir, SAFETENSORS, TORCH, INDEX));
  }

  private void checkTensor(String name, long[] expectedShape) {
    String published = publishedName(name);
    List<Long> expected = LongStream.of(publishedShape(name, expectedShape)).boxed().toList();
    if (tensors.names().contains(published)) {
      tensors.requireShape(published, expected, "config.json must be that of these weights");
    } else if (!isBias(name)) {
      throw new InvalidInputException(
          "%s: %s: expected shape %s, got no such tensor; save the whole model, head included"
              .formatted(tensors.file(), published, expected));
    }
  }

  /** HuggingFace's vocabulary always has the start token. */
  private long[] publishedShape(String name, long[] shape) {
    return name.equals("wte") && !architecture.causal()
        ? new long[] {shape[0] + 1, shape[1]}
        : shape;
  }

  @Override
  public List<String> absentBiases() {
    return architecture.tensorShapes().keySet().stream()
        .filter(HuggingFaceCheckpoint::isBias)
        .map(HuggingFaceCheckpoint::publishedName)
        .filter(name -> !tensors.names().contains(name))
        .toList();
  }

  @Override
  public Architecture architecture() {
    return architecture;
  }

  @Override
  public Resample resample() {
    return resample;
  }

  @Override
  public Optional<Palette> palette() {
    return palette;
  }

  @Override
  public float[] tensor(String name, long... expectedShape) throws IOException {
    String published = publishedName(name);
    checkTensor(name, expectedShape);
    int elements = Math.toIntExact(LongStream.of(expectedShape).reduce(1, Math::multiplyExact));
    if (!tensors.names().contains(published)) {
      return new float[elements];
    }
    float[] values = tensors.readFinite(published);
    if (isBias(name)) {
      return withoutNegativeZeros(values);
    }
    return values.length == elements ? values : Arrays.copyOf(values, elements);
  }

  /** So that a model has one digest whether its biases are left out or written as -0. */
  private static float[] withoutNegativeZeros(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] += 0f;
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
