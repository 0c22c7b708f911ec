package dev.pixelprobe.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/** Loads SavedModel directories. */
public final class SavedModels {
  private static final String GRAPH = "saved_model.pb";

  private SavedModels() {}

  /** Whether the directory looks like a SavedModel, of whatever model. */
  public static boolean isIn(Path modelDir) {
    return Files.isRegularFile(modelDir.resolve(GRAPH));
  }

  /**
   * Loads the graph tagged {@code serve} and its weights.
   *
   * @param precision with {@link Precision#BF16} the matrix products are rewritten before loading
   * @throws InvalidInputException if the SavedModel is damaged, or has no float32 matrix product
   *     for bfloat16 to take over
   */
  public static SavedModelBundle load(Path modelDir, Precision precision, SessionOptions options)
      throws IOException {
    if (precision == Precision.F32) {
      return load(modelDir, modelDir, options.config());
    }
    return load(modelDir, graph -> toBfloat16(graph, modelDir), options.config());
  }

  static void toBfloat16(GraphDef.Builder graph, Path modelDir) {
    if (Bfloat16Products.rewrite(graph) == 0) {
      throw new InvalidInputException(
          "model %s: expected float32 matrix products to compute in bf16, got none; use --precision f32"
              .formatted(modelDir));
    }
  }

  /** Loads the model with another graph; its files stay as they are. */
  static SavedModelBundle load(Path modelDir, Consumer<GraphDef.Builder> change, ConfigProto config)
      throws IOException {
    Path changed = Files.createTempDirectory("pixelprobe-model-");
    try {
      writeChanged(modelDir, change, changed);
      return load(changed, modelDir, config);
    } finally {
      AsideDirectory.delete(changed);
    }
  }

  private static SavedModelBundle load(Path dir, Path named, ConfigProto config) {
    try {
      return SavedModelBundle.loader(dir.toString())
          .withTags(SavedModelBundle.DEFAULT_TAG)
          .withConfigProto(config)
          .load();
    } catch (TFResourceExhaustedException e) {
      throw e;
    } catch (TensorFlowException | TFInvalidArgumentException e) {
      throw broken(named, firstLine(e), e);
    }
  }

  /** Weights and assets are only pointed at. */
  private static void writeChanged(Path modelDir, Consumer<GraphDef.Builder> change, Path target)
      throws IOException {
    SavedModel.Builder model = read(modelDir).toBuilder();
    for (MetaGraphDef.Builder graph : model.getMetaGraphsBuilderList()) {
      change.accept(graph.getGraphDefBuilder());
    }
    try (OutputStream out = Files.newOutputStream(target.resolve(GRAPH))) {
      model.build().writeTo(out);
    }
    for (Path part : List.of(Path.of("variables"), Path.of("assets"))) {
      if (Files.exists(modelDir.resolve(part))) {
        Files.createSymbolicLink(
            target.resolve(part), modelDir.resolve(part).toAbsolutePath().normalize());
      }
    }
  }

  private static SavedModel read(Path modelDir) throws IOException {
    try (InputStream in = Files.newInputStream(modelDir.resolve(GRAPH))) {
      return SavedModel.parseFrom(in);
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw broken(modelDir, "a damaged " + GRAPH, e);
    }
  }

  private static InvalidInputException broken(Path modelDir, String got, Exception cause) {
    return new InvalidInputException(
        "model %s: expected a whole SavedModel, got: %s; import it again, or export it again if it is not an Image GPT"
            .formatted(modelDir, got),
        cause);
  }

  /** The start of TensorFlow's own message, which may go on for many lines. */
  public static String firstLine(RuntimeException error) {
    Stream<String> lines = String.valueOf(error.getMessage()).lines();
    return lines.findFirst().orElse("unknown error");
  }
}
