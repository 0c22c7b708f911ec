package dev.pixelprobe.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The features of a causal Image GPT by the graph that one would write first: one masked softmax
 * over all positions, TensorFlow-Java's own products. What the tuned graph is measured against.
 */
final class UntunedGraph implements AutoCloseable {
  private final Architecture architecture;
  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>();
  private final List<Operand<TFloat32>> features = new ArrayList<>();
  private final Placeholder<TInt32> tokens;
  private final Session session;

  UntunedGraph(Architecture architecture, Weights weights, int threads) throws IOException {
    this.architecture = architecture;
    architecture
        .tensorShapes()
        .forEach((name, dims) -> variables.put(name, tf.variable(Shape.of(dims), TFloat32.class)));
    tokens =
        tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, architecture.positions())));
    trunk();
    Map<String, Placeholder<TFloat32>> values = new LinkedHashMap<>();
    Map<String, Assign<TFloat32>> assigns = new LinkedHashMap<>();
    architecture
        .tensorShapes()
        .forEach(
            (name, dims) -> {
              values.put(name, tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(dims))));
              assigns.put(name, tf.assign(variables.get(name), values.get(name)));
            });
    session =
        new Session(
            graph,
            ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(threads)
                .build());
    for (Map.Entry<String, long[]> entry : architecture.tensorShapes().entrySet()) {
      float[] value = weights.tensor(entry.getKey(), entry.getValue());
      try (TFloat32 tensor = TFloat32.tensorOf(Shape.of(entry.getValue()), DataBuffers.of(value))) {
        session
            .runner()
            .feed(values.get(entry.getKey()), tensor)
            .addTarget(assigns.get(entry.getKey()))
            .run()
            .close();
      }
    }
  }

  /** {@code ln_1} of every layer, averaged over positions: {@code [images * n_embd]} each. */
  List<float[]> run(List<Tokens> images) {
    int positions = architecture.positions();
    int[] ids = new int[images.size() * positions];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = images.get(i / positions).get(i % positions);
    }
    try (TInt32 tensor = TInt32.tensorOf(Shape.of(images.size(), positions), DataBuffers.of(ids))) {
      Session.Runner runner = session.runner().feed(tokens, tensor);
      features.forEach(runner::fetch);
      try (Result result = runner.run()) {
        List<float[]> values = new ArrayList<>();
        for (int i = 0; i < result.size(); i++) {
          float[] value = new float[images.size() * architecture.nEmbd()];
          ((TFloat32) result.get(i)).asRawTensor().data().asFloats().read(value);
          values.add(value);
        }
        return values;
      }
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }

  private void trunk() {
    Operand<TInt32> pixels =
        tf.slice(
            tokens,
            tf.constant(new int[] {0, 0}),
            tf.constant(new int[] {-1, architecture.positions() - 1}));
    int[][] oneInFront = {{0, 0}, {1, 0}};
    Operand<TInt32> entered =
        tf.pad(pixels, tf.constant(oneInFront), tf.constant(architecture.colours()));
    Operand<TFloat32> byToken = tf.gather(weight("wte"), entered, tf.constant(0));
    Operand<TFloat32> h = flat(tf.math.add(byToken, weight("wpe")));
    for (int layer = 0; layer < architecture.nLayer(); layer++) {
      String block = "h" + layer;
      Operand<TFloat32> normed = norm(h, block + "/ln_1");
      feature(normed);
      Operand<TFloat32> mixed = attention(linear(normed, block + "/attn/c_attn"));
      h = tf.math.add(h, linear(mixed, block + "/attn/c_proj"));
      h = tf.math.add(h, mlp(norm(h, block + "/ln_2"), block + "/mlp"));
    }
    feature(norm(h, "ln_f"));
  }

  private Operand<TFloat32> weight(String name) {
    return Objects.requireNonNull(variables.get(name), name);
  }

  private Operand<TFloat32> flat(Operand<TFloat32> x) {
    return tf.reshape(x, tf.constant(new int[] {-1, architecture.nEmbd()}));
  }

  private void feature(Operand<TFloat32> normed) {
    int[] byPosition = {-1, architecture.positions(), architecture.nEmbd()};
    features.add(tf.math.mean(tf.reshape(normed, tf.constant(byPosition)), tf.constant(1)));
  }

  private Operand<TFloat32> norm(Operand<TFloat32> x, String gain) {
    Operand<TFloat32> meanSquare =
        tf.math.mean(tf.math.square(x), tf.constant(1), Mean.keepDims(true));
    Operand<TFloat32> epsilon = tf.constant((float) architecture.epsilon());
    Operand<TFloat32> scale = tf.math.rsqrt(tf.math.add(meanSquare, epsilon));
    return tf.math.mul(tf.math.mul(x, scale), weight(gain));
  }

  private Operand<TFloat32> linear(Operand<TFloat32> x, String scope) {
    return tf.nn.biasAdd(tf.linalg.matMul(x, weight(scope + "/w")), weight(scope + "/b"));
  }

  private Operand<TFloat32> mlp(Operand<TFloat32> x, String scope) {
    Operand<TFloat32> y = linear(x, scope + "/c_fc");
    Operand<TFloat32> gate = tf.math.sigmoid(tf.math.mul(y, tf.constant(1.702f)));
    return linear(tf.math.mul(y, gate), scope + "/c_proj");
  }

  private Operand<TFloat32> attention(Operand<TFloat32> qkv) {
    int heads = architecture.nHead();
    int width = architecture.nEmbd() / heads;
    int[] split = {-1, architecture.positions(), 3, heads, width};
    List<Output<TFloat32>> byHead =
        tf.unstack(
                tf.linalg.transpose(
                    tf.reshape(qkv, tf.constant(split)), tf.constant(new int[] {2, 0, 3, 1, 4})),
                3L)
            .output();
    Operand<TFloat32> queries =
        tf.math.mul(byHead.get(0), tf.constant((float) (1 / Math.sqrt(width))));
    Operand<TFloat32> scores =
        tf.train.batchMatMul(queries, byHead.get(1), TFloat32.class, BatchMatMul.adjY(true));
    Operand<TFloat32> weights = tf.nn.softmax(tf.math.add(scores, laterPositions()));
    Operand<TFloat32> mixed = tf.train.batchMatMul(weights, byHead.get(2), TFloat32.class);
    return flat(tf.linalg.transpose(mixed, tf.constant(new int[] {0, 2, 1, 3})));
  }

  private Operand<TFloat32> laterPositions() {
    Operand<TInt32> keys =
        tf.range(tf.constant(0), tf.constant(architecture.positions()), tf.constant(1));
    Operand<TFloat32> later =
        tf.dtypes.cast(tf.math.greater(keys, tf.expandDims(keys, tf.constant(1))), TFloat32.class);
    return tf.math.mul(later, tf.constant(-1e10f));
  }
}
