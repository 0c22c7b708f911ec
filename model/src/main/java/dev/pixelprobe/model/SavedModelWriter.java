package dev.pixelprobe.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;

/**
 * Writes an Image GPT as a SavedModel directory that needs nothing else to run: graph, variables,
 * palette and {@link ModelInfo}. Appears whole or not at all.
 *
 * <p>Weights are variables and enter one at a time, so neither protobuf's 2 GB nor a second copy of
 * the model in memory is in the way.
 */
public final class SavedModelWriter {
  /**
   * Each weight enters by a run of its own, so rewriting the graph would cost more than it saves.
   */
  private static final ConfigProto WITHOUT_REWRITES =
      ConfigProto.newBuilder()
          .setGraphOptions(
              GraphOptions.newBuilder()
                  .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
          .build();

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
   * @throws InvalidInputException if the palette has another number of colours than the model
   */
  public static ModelInfo write(
      String name,
      Architecture architecture,
      Weights weights,
      Optional<Palette> palette,
      Resample resample,
      Path out)
      throws IOException {
    palette.ifPresent(colours -> checkSize(colours, name, architecture));
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

  private static void checkSize(Palette palette, String name, Architecture architecture) {
    if (palette.size() != architecture.colours()) {
      throw new InvalidInputException(
          "palette for %s: expected %d colours, got %d; pass the model's own"
              .formatted(name, architecture.colours(), palette.size()));
    }
  }

  private static String export(Architecture architecture, Weights weights, Path dir)
      throws IOException {
    try (Graph graph = new Graph()) {
      ImageGptGraph model = ImageGptGraph.build(graph, architecture);
      List<Entry> entries = entries(Ops.create(graph).withSubScope("import"), architecture, model);
      try (Session session = new Session(graph, WITHOUT_REWRITES)) {
        WeightsDigest digest = new WeightsDigest();
        for (Entry entry : entries) {
          float[] values = weights.tensor(entry.name, entry.shape.asArray());
          digest.add(entry.name, entry.shape.asArray(), values);
          entry.assign(values, session);
        }
        SavedModelBundle.exporter(dir.toString())
            .withSession(session)
            .withSignatures(signatures(architecture, model).toArray(Signature[]::new))
            .export();
        return digest.hex();
      }
    }
  }

  /** The way in for one weight. */
  private record Entry(
      String name, Shape shape, Placeholder<TFloat32> value, Assign<TFloat32> assign) {
    void assign(float[] values, Session session) {
      try (TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(values))) {
        session.runner().feed(value, tensor).addTarget(assign).run().close();
      }
    }
  }

  /** All of them before the first is used: a session prepares the whole graph anew if it grew. */
  private static List<Entry> entries(Ops tf, Architecture architecture, ImageGptGraph model) {
    List<Entry> entries = new ArrayList<>();
    architecture
        .tensorShapes()
        .forEach(
            (name, dims) -> {
              Shape shape = Shape.of(dims);
              Placeholder<TFloat32> value =
                  tf.placeholder(TFloat32.class, Placeholder.shape(shape));
              entries.add(new Entry(name, shape, value, tf.assign(model.variable(name), value)));
            });
    return entries;
  }

  private static List<Signature> signatures(Architecture architecture, ImageGptGraph model) {
    List<Signature> signatures = new ArrayList<>();
    for (InputReading reading : InputReading.values()) {
      if (architecture.effective(reading) != reading) {
        continue;
      }
      Operand<?> input = reading == InputReading.SOS ? model.tokens() : model.entered();
      Signature.Builder features = signature(SavedModelNames.FEATURES, reading, input);
      model.features().forEach((feature, mean) -> features.output(feature.label(), mean));
      signatures.add(features.build());
      signatures.add(
          signature(SavedModelNames.LOGITS, reading, input)
              .output(SavedModelNames.LOGITS, model.logits())
              .build());
    }
    Signature.Builder score =
        signature(SavedModelNames.SCORE, InputReading.SOS, model.tokens())
            .output(SavedModelNames.NATS_PER_TOKEN, model.natsPerToken());
    if (!architecture.causal()) {
      score.input(SavedModelNames.HIDDEN, model.hidden());
    }
    signatures.add(score.build());
    return signatures;
  }

  private static Signature.Builder signature(String name, InputReading reading, Operand<?> input) {
    return Signature.builder(SavedModelNames.signature(name, reading))
        .input(SavedModelNames.TOKENS, input);
  }
}
