package dev.pixelprobe.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Writes an Image GPT as a SavedModel directory that needs nothing else to run: graph, variables,
 * palette and {@link ModelInfo}. Appears whole or not at all.
 *
 * <p>Weights are variables and enter one at a time, so neither protobuf's 2 GB nor a second copy of
 * the model in memory is in the way.
 */
public final class SavedModelWriter {
  private SavedModelWriter() {}

  static Path paletteIn(Path modelDir) {
    return modelDir.resolve("assets.extra").resolve("palette.npy");
  }

  /**
   * Writes the model.
   *
   * @param name the model's name, as in reports
   * @param palette without one the model reads tokens only
   * @param out a directory that does not exist yet, or is empty
   * @return what was written of the model
   */
  public static ModelInfo write(
      String name,
      Architecture architecture,
      Weights weights,
      Optional<Palette> palette,
      Resample resample,
      Path out)
      throws IOException {
    try (AsideDirectory aside = AsideDirectory.of(out)) {
      String weightsDigest = export(architecture, weights, aside.path());
      ModelInfo info = ModelInfo.of(name, architecture, weightsDigest, palette, resample);
      info.write(aside.path());
      if (palette.isPresent()) {
        palette.get().write(paletteIn(aside.path()));
      }
      aside.publish();
      return info;
    }
  }

  private static String export(Architecture architecture, Weights weights, Path dir)
      throws IOException {
    try (Graph graph = new Graph()) {
      ImageGptGraph model = ImageGptGraph.build(graph, architecture);
      try (Session session = new Session(graph)) {
        String digest = assignAll(Ops.create(graph), session, model, architecture, weights);
        SavedModelBundle.exporter(dir.toString())
            .withSession(session)
            .withSignatures(signatures(model).toArray(Signature[]::new))
            .export();
        return digest;
      }
    }
  }

  private static String assignAll(
      Ops tf, Session session, ImageGptGraph model, Architecture architecture, Weights weights)
      throws IOException {
    WeightsDigest digest = new WeightsDigest();
    for (Map.Entry<String, long[]> tensor : architecture.tensorShapes().entrySet()) {
      String name = tensor.getKey();
      float[] values = weights.tensor(name, tensor.getValue());
      digest.add(name, tensor.getValue(), values);
      assign(tf.withSubScope("import"), session, model.variable(name), values);
    }
    return digest.hex();
  }

  private static void assign(Ops tf, Session session, Operand<TFloat32> variable, float[] values) {
    Shape shape = variable.shape();
    Placeholder<TFloat32> value = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    Operand<TFloat32> assigned = tf.assign(variable, value);
    try (TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(values))) {
      session.runner().feed(value, tensor).addTarget(assigned.op()).run().close();
    }
  }

  private static List<Signature> signatures(ImageGptGraph model) {
    List<Signature> signatures = new ArrayList<>();
    for (InputReading reading : InputReading.values()) {
      Operand<?> input = reading == InputReading.SOS ? model.tokens() : model.entered();
      Signature.Builder features = signature(SavedModelNames.FEATURES, reading, input);
      model.features().forEach((feature, mean) -> features.output(feature.label(), mean));
      signatures.add(features.build());
      signatures.add(
          signature(SavedModelNames.LOGITS, reading, input)
              .output(SavedModelNames.LOGITS, model.logits())
              .build());
    }
    signatures.add(
        signature(SavedModelNames.SCORE, InputReading.SOS, model.tokens())
            .output(SavedModelNames.NATS_PER_TOKEN, model.natsPerToken())
            .build());
    return signatures;
  }

  private static Signature.Builder signature(String name, InputReading reading, Operand<?> input) {
    return Signature.builder(SavedModelNames.signature(name, reading))
        .input(SavedModelNames.TOKENS, input);
  }
}
