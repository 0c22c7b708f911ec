package dev.pixelprobe.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A frozen Image GPT, loaded from a SavedModel directory that {@link SavedModelWriter} made. Owns
 * the native memory; takes and returns plain Java values.
 *
 * <p>Thread-safe: any number of threads may run it at once, sharing the weights.
 */
public final class ImageGpt implements AutoCloseable {
  /**
   * On a CPU a batch runs in parts of about so many positions or fewer: few enough for the
   * activations to stay in the caches, enough for the matrix products (docs/PERFORMANCE.md).
   */
  private static final int POSITIONS_AT_ONCE = 2048;

  private final SavedModelBundle bundle;
  private final ModelInfo info;
  private final int lanes;

  private ImageGpt(SavedModelBundle bundle, ModelInfo info, boolean onGpu, int threads) {
    this.bundle = bundle;
    this.info = info;
    this.lanes = onGpu ? 0 : threads;
  }

  /**
   * Loads the model.
   *
   * @param modelDir a SavedModel directory
   * @param threads CPU threads for one operation and for operations side by side
   * @throws InvalidInputException if the directory does not hold a model of ours, whole
   */
  public static ImageGpt open(Path modelDir, int threads) throws IOException {
    return open(modelDir, Precision.F32, SessionOptions.ofThreads(threads));
  }

  /** {@link #open(Path, int)}, with the matrix products in this precision. */
  public static ImageGpt open(Path modelDir, Precision precision, SessionOptions options)
      throws IOException {
    ModelInfo info = ModelInfo.read(modelDir);
    boolean onGpu = Devices.onGpu(options);
    boolean bfloat16 = precision == Precision.BF16;
    boolean byOneDnn = bfloat16 && !onGpu && OneDnnBfloat16.takesPlace(options);
    ConfigProto plain = onGpu ? options.config() : options.configOfParts();
    ConfigProto config = byOneDnn ? OneDnnBfloat16.in(plain) : plain;
    Bfloat16Weights rounded = new Bfloat16Weights();
    SavedModelBundle bundle =
        SavedModels.load(
            modelDir,
            graph -> {
              toSwish(graph, info, modelDir);
              if (byOneDnn) {
                rounded.add(graph);
              } else if (bfloat16) {
                SavedModels.toBfloat16(graph, modelDir);
                if (onGpu) {
                  Bfloat16Chains.rewrite(graph);
                }
              }
            },
            config);
    try {
      checkSignatures(bundle, info, modelDir);
      QuickGelu.scale(bundle, info.architecture());
      if (byOneDnn) {
        rounded.fill(bundle);
      }
      return new ImageGpt(bundle, info, onGpu, options.threads());
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  private static void toSwish(GraphDef.Builder graph, ModelInfo info, Path modelDir) {
    int replaced = QuickGelu.toSwish(graph);
    if (replaced != info.architecture().nLayer()) {
      throw new InvalidInputException(
          "model %s: expected %d blocks with a quick-GELU, got %d; import it again"
              .formatted(modelDir, info.architecture().nLayer(), replaced));
    }
  }

  private static void checkSignatures(SavedModelBundle bundle, ModelInfo info, Path modelDir) {
    Set<String> present = new LinkedHashSet<>();
    for (Signature signature : bundle.signatures()) {
      present.add(signature.key());
    }
    for (String wanted : List.of(SavedModelNames.FEATURES, SavedModelNames.SCORE)) {
      if (!present.contains(wanted)) {
        throw new InvalidInputException(
            "model %s: expected signatures features and score, got %s; import it again"
                .formatted(modelDir, present));
      }
    }
    Signature features = bundle.function(SavedModelNames.FEATURES).signature();
    Signature.TensorDescription tokens = features.getInputs().get(SavedModelNames.TOKENS);
    long positions = info.architecture().positions();
    if (tokens == null || tokens.shape.get(1) != positions) {
      throw new InvalidInputException(
          "model %s: expected tokens of shape (-1, %d), got %s; import it again"
              .formatted(modelDir, positions, tokens == null ? "none" : tokens.shape));
    }
  }

  public ModelInfo info() {
    return info;
  }

  public Architecture architecture() {
    return info.architecture();
  }

  /** How many parts of a batch run side by side, each on a thread of the CPU; 0 on a GPU. */
  int lanes() {
    return lanes;
  }

  /** The loaded graph and its session, for those who add to it. */
  SavedModelBundle bundle() {
    return bundle;
  }

  /**
   * One forward pass over a batch; a BERT model that is also scored takes two. On a CPU parts of
   * the batch run side by side.
   */
  public ForwardPass run(List<Tokens> images, ForwardPass.Query query) {
    int[] ids = checkedIds(images, query.reading());
    return ForwardPass.joined(inParts(images, ids, (part, own) -> pass(part, own, query)));
  }

  private <T> List<T> inParts(
      List<Tokens> images, int[] ids, BiFunction<List<Tokens>, int[], T> pass) {
    int positions = architecture().positions();
    int size = imagesAtOnce(images.size());
    IntStream parts = IntStream.rangeClosed(0, Math.max(0, images.size() - 1) / size);
    return (lanes > 1 ? parts.parallel() : parts)
        .mapToObj(
            part -> {
              int from = part * size;
              int to = Math.min(images.size() - from, size) + from;
              int[] own = Arrays.copyOfRange(ids, from * positions, to * positions);
              return pass.apply(images.subList(from, to), own);
            })
        .toList();
  }

  /** A GPU takes the batch whole; a CPU's lanes each take a part. */
  private int imagesAtOnce(int batch) {
    if (lanes == 0) {
      return Math.max(1, batch);
    }
    int share = (batch + lanes - 1) / lanes;
    return Math.max(1, Math.min(share, POSITIONS_AT_ONCE / architecture().positions()));
  }

  private ForwardPass pass(List<Tokens> images, int[] ids, ForwardPass.Query query) {
    boolean scoredApart = query.score() && !architecture().causal();
    try (TInt32 tokens = tensor(ids, images.size())) {
      float[] nats = scoredApart ? natsOfHidden(images, tokens) : new float[0];
      if (scoredApart && query.features().isEmpty()) {
        return new ForwardPass(images.size(), List.of(), nats);
      }
      String signature = signature(SavedModelNames.FEATURES, query.reading());
      Session.Runner runner = bundle.session().runner().feed(inputOf(signature), tokens);
      for (LayerFeature feature : query.features()) {
        runner.fetch(outputOf(signature, feature.label()));
      }
      if (query.score() && !scoredApart) {
        runner.fetch(outputOf(SavedModelNames.SCORE, SavedModelNames.NATS_PER_TOKEN));
      }
      try (Result result = runner.run()) {
        return toForwardPass(images.size(), result, query.features().size(), nats);
      }
    }
  }

  /** Features see every token; the score's pass does not see those it asks for. */
  private float[] natsOfHidden(List<Tokens> images, TInt32 tokens) {
    int positions = architecture().positions();
    float[] hidden = new float[images.size() * positions];
    for (int image = 0; image < images.size(); image++) {
      float[] ofImage = HiddenTokens.of(images.get(image));
      System.arraycopy(ofImage, 0, hidden, image * positions, positions);
    }
    Map<String, Signature.TensorDescription> inputs =
        bundle.function(SavedModelNames.SCORE).signature().getInputs();
    try (TFloat32 mask =
            TFloat32.tensorOf(Shape.of(images.size(), positions), DataBuffers.of(hidden));
        Result result =
            bundle
                .session()
                .runner()
                .feed(tensorName(inputs, SavedModelNames.TOKENS), tokens)
                .feed(tensorName(inputs, SavedModelNames.HIDDEN), mask)
                .fetch(outputOf(SavedModelNames.SCORE, SavedModelNames.NATS_PER_TOKEN))
                .run()) {
      return toArray(result.get(0));
    }
  }

  /**
   * Unnormalised log-probabilities; of a BERT model that sees every token.
   *
   * @return [images, positions, colours], row-major
   */
  public float[] logits(List<Tokens> images, InputReading reading) {
    int[] ids = checkedIds(images, reading);
    String signature = signature(SavedModelNames.LOGITS, reading);
    return ForwardPass.concatenated(
        inParts(images, ids, (part, own) -> logits(part.size(), own, signature)));
  }

  private float[] logits(int images, int[] ids, String signature) {
    try (TInt32 tokens = tensor(ids, images);
        Result result =
            bundle
                .session()
                .runner()
                .feed(inputOf(signature), tokens)
                .fetch(outputOf(signature, SavedModelNames.LOGITS))
                .run()) {
      return toArray(result.get(0));
    }
  }

  @Override
  public void close() {
    bundle.close();
  }

  private String signature(String name, InputReading reading) {
    return SavedModelNames.signature(name, architecture().effective(reading));
  }

  private String inputOf(String signature) {
    return tensorName(bundle.function(signature).signature().getInputs(), SavedModelNames.TOKENS);
  }

  private String outputOf(String signature, String output) {
    return tensorName(bundle.function(signature).signature().getOutputs(), output);
  }

  private static String tensorName(
      Map<String, Signature.TensorDescription> tensors, String wanted) {
    Signature.TensorDescription tensor = tensors.get(wanted);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "model: expected one of %s, got %s".formatted(tensors.keySet(), wanted));
    }
    return tensor.name;
  }

  /** Row-major ids [B, N]; the hf reading may also hold the start token, which is id K. */
  private int[] checkedIds(List<Tokens> images, InputReading reading) {
    int positions = architecture().positions();
    int ids = architecture().ids(reading);
    int[] flat = new int[Math.multiplyExact(images.size(), positions)];
    int next = 0;
    for (int image = 0; image < images.size(); image++) {
      Tokens tokens = images.get(image);
      if (tokens.size() != positions) {
        throw new InvalidInputException(
            "tokens of image %d: expected %d positions, got %d; tokenize for this model"
                .formatted(image, positions, tokens.size()));
      }
      for (int position = 0; position < positions; position++) {
        int id = tokens.get(position);
        if (id < 0 || id >= ids) {
          throw new InvalidInputException(
              "tokens of image %d, position %d: expected 0..%d, got %d; use this model's palette"
                  .formatted(image, position, ids - 1, id));
        }
        flat[next++] = id;
      }
    }
    return flat;
  }

  private TInt32 tensor(int[] ids, int images) {
    return TInt32.tensorOf(Shape.of(images, architecture().positions()), DataBuffers.of(ids));
  }

  /** The features of a result; what follows them is the score, unless it is known already. */
  private static ForwardPass toForwardPass(
      int images, Result result, int features, float[] knownNats) {
    List<float[]> values = new ArrayList<>();
    for (int i = 0; i < features; i++) {
      values.add(toArray(result.get(i)));
    }
    float[] nats = result.size() > features ? toArray(result.get(features)) : knownNats;
    return new ForwardPass(images, values, nats);
  }

  private static float[] toArray(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.shape().size())];
    ((TFloat32) tensor).copyTo(NdArrays.wrap(tensor.shape(), DataBuffers.of(values)));
    return values;
  }
}
