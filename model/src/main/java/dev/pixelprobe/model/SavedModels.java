package dev.pixelprobe.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFResourceExhaustedException;
import org.tensorflow.exceptions.TensorFlowException;
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
      return load(modelDir, modelDir, options);
    }
    Path rewritten = Files.createTempDirectory("pixelprobe-bf16-");
    try {
      rewrite(modelDir, rewritten);
      return load(rewritten, modelDir, options);
    } finally {
      AsideDirectory.delete(rewritten);
    }
  }

  private static SavedModelBundle load(Path dir, Path named, SessionOptions options) {
    try {
      return SavedModelBundle.loader(dir.toString())
          .withTags(SavedModelBundle.DEFAULT_TAG)
          .withConfigProto(options.config())
          .load();
    } catch (TFResourceExhaustedException e) {
      throw e;
    } catch (TensorFlowException | TFInvalidArgumentException e) {
      throw broken(named, firstLine(e), e);
    }
  }

  /** The same SavedModel with another graph: weights and assets are only pointed at. */
  private static void rewrite(Path modelDir, Path target) throws IOException {
    SavedModel.Builder model = read(modelDir).toBuilder();
    int products = 0;
    for (MetaGraphDef.Builder graph : model.getMetaGraphsBuilderList()) {
      products += Bfloat16Products.rewrite(graph.getGraphDefBuilder());
    }
    if (products == 0) {
      throw new InvalidInputException(
          "model %s: expected float32 matrix products to compute in bf16, got none; use --precision f32"
              .formatted(modelDir));
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
