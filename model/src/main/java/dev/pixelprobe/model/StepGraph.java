package dev.pixelprobe.model;

import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The graph of an Image GPT once more, for a few positions at a time: added to a loaded model's
 * graph, it uses that model's weights and keeps what earlier positions left (see {@link
 * CachedAttention}). The caches belong to this object: one batch at a time.
 */
final class StepGraph {
  /** A step is short: handing it to another thread costs more than it gains. */
  private static final RunOptions ON_THIS_THREAD =
      RunOptions.newBuilder().setInterOpThreadPool(-1).build();

  private final Session session;
  private final boolean onGpu;
  private final int colours;
  private final CachedAttention attention;
  private final Placeholder<TInt32> images;
  private final Placeholder<TInt32> ids;
  private final Placeholder<TInt32> first;
  private final Operand<TFloat32> logits;

  /**
   * Adds the graph.
   *
   * @param model whose weights are variables with the names that {@link ImageGptGraph} gives,
   *     scaled by {@link QuickGelu}
   */
  StepGraph(ImageGpt model) {
    Graph graph = model.bundle().graph();
    Architecture architecture = model.architecture();
    this.session = model.bundle().session();
    this.onGpu = model.lanes() == 0;
    this.colours = architecture.colours();
    Ops tf = Ops.create(graph).withSubScope("step");
    images = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    ids = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1)));
    first = tf.placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
    Operand<TInt32> count = tf.shape.size(ids, tf.constant(1));
    Operand<TInt32> countAsScalar = tf.reshape(count, tf.constant(new int[0]));
    attention = new CachedAttention(tf, architecture, images, first, countAsScalar);
    logits = new Builder(tf, architecture, graph).logits(countAsScalar);
  }

  /** The graph from ids to logits. */
  private final class Builder {
    private final Ops tf;
    private final Architecture architecture;
    private final Graph graph;
    private final Layers layers;

    Builder(Ops tf, Architecture architecture, Graph graph) {
      this.tf = tf;
      this.architecture = architecture;
      this.graph = graph;
      this.layers = new Layers(tf, architecture, this::weight, QuickGelu::swish);
    }

    private Operand<TFloat32> weight(String name) {
      return graph.operationOrThrow(ImageGptGraph.nodeName(name)).output(0);
    }

    /** [B, K] of the last new position. */
    Operand<TFloat32> logits(Operand<TInt32> count) {
      int d = architecture.nEmbd();
      Operand<TFloat32> h = embed(count);
      for (int layer = 0; layer < architecture.nLayer(); layer++) {
        String block = "h" + layer;
        Operand<TFloat32> normed = layers.norm(h, block + "/ln_1");
        Operand<TFloat32> mixed = attention.apply(layers.linear(normed, block + "/attn/c_attn"));
        h = tf.math.add(h, layers.linear(mixed, block + "/attn/c_proj"));
        h = tf.math.add(h, layers.mlp(layers.norm(h, block + "/ln_2"), block + "/mlp"));
      }
      Operand<TFloat32> byPosition =
          tf.reshape(h, tf.stack(List.of(tf.constant(-1), count, tf.constant(d))));
      Operand<TInt32> newest = tf.math.sub(count, tf.constant(1));
      return layers.head(layers.norm(tf.gather(byPosition, newest, tf.constant(1)), "ln_f"));
    }

    /** [B * count, d]. */
    private Operand<TFloat32> embed(Operand<TInt32> count) {
      Operand<TInt32> begin = tf.stack(List.of(first, tf.constant(0)));
      Operand<TInt32> size = tf.stack(List.of(count, tf.constant(-1)));
      Operand<TFloat32> byToken = tf.gather(weight("wte"), ids, tf.constant(0));
      Operand<TFloat32> byPosition = tf.slice(weight("wpe"), begin, size);
      return tf.reshape(
          tf.math.add(byToken, byPosition), tf.constant(new int[] {-1, architecture.nEmbd()}));
    }
  }

  /** Forgets all positions, and makes room for a batch; for no image it frees the memory. */
  void reset(int batch) {
    try (TInt32 size = TInt32.scalarOf(batch)) {
      Session.Runner runner = runner().feed(images, size);
      for (Op reset : attention.resets()) {
        runner.addTarget(reset);
      }
      runner.run().close();
    }
  }

  /**
   * Enters new positions, which must lie in one chunk and follow the last.
   *
   * @param entered their ids [B, count], row-major
   * @param position the first of them
   * @param into the logits of the last of them [B, K], row-major
   */
  void enter(int[] entered, int position, float[] into) {
    int batch = into.length / colours;
    Shape shape = Shape.of(batch, entered.length / batch);
    try (TInt32 size = TInt32.scalarOf(batch);
        TInt32 idTensor = TInt32.tensorOf(shape, DataBuffers.of(entered));
        TInt32 firstTensor = TInt32.scalarOf(position);
        Result result =
            runner()
                .feed(images, size)
                .feed(ids, idTensor)
                .feed(first, firstTensor)
                .fetch(logits)
                .run()) {
      TFloat32 values = (TFloat32) result.get(0);
      values.copyTo(NdArrays.wrap(values.shape(), DataBuffers.of(into)));
    }
  }

  private Session.Runner runner() {
    Session.Runner runner = session.runner();
    return onGpu ? runner : runner.setOptions(ON_THIS_THREAD);
  }
}
