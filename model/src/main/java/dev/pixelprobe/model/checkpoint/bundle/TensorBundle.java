package dev.pixelprobe.model.checkpoint.bundle;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.checkpoint.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * A TensorFlow checkpoint: {@code PREFIX.index} and {@code PREFIX.data-*-of-*}. The index is read
 * here, the variables by TensorFlow's own RestoreV2, which checks their checksums. Holds native
 * memory until it is closed.
 */
public final class TensorBundle implements Tensors {
  private final Path prefix;
  private final Map<String, BundleIndex.Variable> variables;
  private final Graph graph = new Graph();
  private final Output<TString> name;
  private final Output<TFloat32> value;
  private final Session session;

  private TensorBundle(Path prefix, Map<String, BundleIndex.Variable> variables) {
    this.prefix = prefix;
    this.variables = variables;
    Ops tf = Ops.create(graph);
    name = tf.placeholder(TString.class).asOutput();
    value =
        tf.train
            .restore(tf.constant(prefix.toString()), name, tf.array(""), List.of(TFloat32.class))
            .tensors()
            .get(0)
            .expect(TFloat32.class);
    session = new Session(graph);
  }

  /**
   * Opens the checkpoint and checks its index against its shards.
   *
   * @param prefix the path of the index without {@code .index}
   * @throws InvalidInputException if the index is damaged, or a shard is missing or was cut
   */
  public static TensorBundle open(Path prefix) throws IOException {
    return new TensorBundle(prefix, BundleIndex.read(prefix));
  }

  /** Whether there is an index of that prefix. */
  public static boolean isAt(Path prefix) {
    return prefix.getFileName() != null && BundleIndex.sibling(prefix, ".index").toFile().isFile();
  }

  @Override
  public Path file() {
    return prefix;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(variables.keySet());
  }

  @Override
  public List<Long> shape(String variable) {
    return variable(variable).shape();
  }

  @Override
  public float[] read(String variable) {
    DataType dtype = variable(variable).dtype();
    if (dtype != DataType.DT_FLOAT) {
      throw new InvalidInputException(
          "%s: %s: expected DT_FLOAT, got %s".formatted(prefix, variable, dtype));
    }
    requireArray(variable);
    try (TString names = TString.vectorOf(variable);
        Result result = session.runner().feed(name, names).fetch(value).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[Math.toIntExact(tensor.size())];
      tensor.copyTo(NdArrays.wrap(tensor.shape(), DataBuffers.of(values)));
      return values;
    } catch (TensorFlowException e) {
      throw new InvalidInputException(
          "%s: %s: expected the bytes that were written, got: %s; fetch the files again"
              .formatted(prefix, variable, firstLine(e)),
          e);
    }
  }

  private static String firstLine(TensorFlowException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Its bytes are in a file, so no product here overflows. */
  private void requireArray(String variable) {
    long elements = shape(variable).stream().reduce(1L, (a, b) -> a * b);
    if (elements > Integer.MAX_VALUE - 8) {
      throw new InvalidInputException(
          "%s: %s: expected at most 2^31 - 9 elements, got %d"
              .formatted(prefix, variable, elements));
    }
  }

  private BundleIndex.Variable variable(String name) {
    BundleIndex.Variable variable = variables.get(name);
    if (variable == null) {
      throw new InvalidInputException(
          "%s: expected a variable %s, got none".formatted(prefix, name));
    }
    return variable;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
