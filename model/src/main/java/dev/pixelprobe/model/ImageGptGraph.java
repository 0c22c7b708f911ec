package dev.pixelprobe.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The graph of an Image GPT, after OpenAI's model.py (github.com/openai/image-gpt).
 *
 * <p>Shapes: B images, N = n_px * n_px positions, d = n_embd, K colours. Between blocks the
 * activations are kept as [B * N, d]. Features of every layer hang off the one trunk, so a session
 * computes only the blocks below the deepest feature it fetches.
 */
final class ImageGptGraph {
  private final Ops tf;
  private final Architecture architecture;
  private final Layers layers;
  private final Map<String, Variable<TFloat32>> variables = new LinkedHashMap<>();
  private final NavigableMap<LayerFeature, Operand<TFloat32>> features = new TreeMap<>();
  private final Placeholder<TInt32> tokens;
  private final Operand<TInt32> entered;
  private final Operand<TFloat32> hidden;
  private final Operand<TFloat32> logits;
  private final Operand<TFloat32> natsPerToken;

  static ImageGptGraph build(Graph graph, Architecture architecture) {
    return new ImageGptGraph(Ops.create(graph), architecture);
  }

  private ImageGptGraph(Ops tf, Architecture architecture) {
    this.tf = tf;
    this.architecture = architecture;
    this.layers = new Layers(tf, architecture, this::variable, QuickGelu::of);
    architecture
        .tensorShapes()
        .forEach(
            (name, shape) ->
                variables.put(
                    name, tf.withName(nodeName(name)).variable(Shape.of(shape), TFloat32.class)));
    tokens =
        tf.withName("tokens")
            .placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, architecture.positions())));
    entered = architecture.causal() ? startThenPixels(tokens) : tokens;
    hidden = noneHidden();
    Operand<TFloat32> last = trunk(embed(entered));
    logits = tf.withName("logits").reshape(layers.head(last), positionsBy(architecture.colours()));
    natsPerToken =
        architecture.causal()
            ? tf.withName("nats_per_token").math.mean(crossEntropy(), tf.constant(1))
            : meanOverHidden(crossEntropy());
  }

  /** What the graph calls a weight, which the samplers of a loaded model look for. */
  static String nodeName(String weight) {
    return weight.replace('/', '.');
  }

  /** Token ids [B, N] of the images, before the start token is put in. */
  Operand<TInt32> tokens() {
    return tokens;
  }

  /** What enters the embedding [B, N]: fed in place of {@link #tokens} it gives the hf reading. */
  Operand<TInt32> entered() {
    return entered;
  }

  /** 1 where a BERT model shall not see the token [B, N], 0 elsewhere; if not fed, 0 throughout. */
  Operand<TFloat32> hidden() {
    return hidden;
  }

  /** Mean over positions [B, d] of every layer's activations. */
  NavigableMap<LayerFeature, Operand<TFloat32>> features() {
    return features;
  }

  /** Unnormalised log-probabilities [B, N, K]; position i predicts token i in the sos reading. */
  Operand<TFloat32> logits() {
    return logits;
  }

  /**
   * Mean cross-entropy [B] of an image's tokens, in nats; the sos reading only. In a BERT model, of
   * its hidden tokens.
   */
  Operand<TFloat32> natsPerToken() {
    return natsPerToken;
  }

  /** A weight by its name in {@link Architecture#tensorShapes}. */
  Variable<TFloat32> variable(String name) {
    Variable<TFloat32> variable = variables.get(name);
    if (variable == null) {
      throw new IllegalArgumentException("graph: expected a weight of the model, got " + name);
    }
    return variable;
  }

  private Operand<TInt32> startThenPixels(Operand<TInt32> pixels) {
    Operand<TInt32> allButLast =
        tf.slice(pixels, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, last(pixels)}));
    int[][] oneInFront = {{0, 0}, {1, 0}};
    return tf.withName("entered")
        .pad(allButLast, tf.constant(oneInFront), tf.constant(architecture.colours()));
  }

  private int last(Operand<TInt32> pixels) {
    return Math.toIntExact(pixels.shape().get(1)) - 1;
  }

  private Operand<TFloat32> noneHidden() {
    Operand<TFloat32> none =
        tf.zeros(tf.constant(new int[] {1, architecture.positions()}), TFloat32.class);
    return tf.withName("hidden")
        .placeholderWithDefault(none, Shape.of(-1, architecture.positions()));
  }

  /** OpenAI's BERT loss; with nothing hidden it would be 0 / 0, so the caller hides something. */
  private Operand<TFloat32> meanOverHidden(Operand<TFloat32> perToken) {
    Operand<TInt32> positions = tf.constant(1);
    return tf.withName("nats_per_token")
        .math
        .div(
            tf.reduceSum(tf.math.mul(perToken, hidden), positions),
            tf.reduceSum(hidden, positions));
  }

  private Operand<TFloat32> embed(Operand<TInt32> ids) {
    Operand<TFloat32> byToken = tf.gather(variable("wte"), ids, tf.constant(0));
    if (!architecture.causal()) {
      Operand<TFloat32> seen = tf.math.sub(tf.constant(1f), hidden);
      byToken = tf.math.mul(byToken, tf.expandDims(seen, tf.constant(2)));
    }
    return flat(tf.math.add(byToken, variable("wpe")), architecture.nEmbd());
  }

  private Operand<TFloat32> trunk(Operand<TFloat32> embedded) {
    Operand<TFloat32> h = embedded;
    Attention attention = new Attention(tf, architecture);
    for (int layer = 0; layer < architecture.nLayer(); layer++) {
      String block = "h" + layer;
      Operand<TFloat32> normed = layers.norm(h, block + "/ln_1");
      addFeatures(layer, normed, h);
      Operand<TFloat32> mixed = attention.apply(layers.linear(normed, block + "/attn/c_attn"));
      h = tf.math.add(h, layers.linear(mixed, block + "/attn/c_proj"));
      h = tf.math.add(h, layers.mlp(layers.norm(h, block + "/ln_2"), block + "/mlp"));
    }
    Operand<TFloat32> normed = layers.norm(h, "ln_f");
    addFeatures(architecture.nLayer(), normed, h);
    return normed;
  }

  private void addFeatures(int layer, Operand<TFloat32> normed, Operand<TFloat32> h) {
    addFeature(new LayerFeature(LayerFeature.Kind.LN_1, layer), normed);
    addFeature(new LayerFeature(LayerFeature.Kind.H, layer), h);
  }

  private void addFeature(LayerFeature feature, Operand<TFloat32> activations) {
    Operand<TFloat32> byPosition = tf.reshape(activations, positionsBy(architecture.nEmbd()));
    features.put(feature, tf.withName(feature.label()).math.mean(byPosition, tf.constant(1)));
  }

  private Operand<TFloat32> crossEntropy() {
    Operand<TInt32> targets = tf.reshape(tokens, tf.constant(new int[] {-1}));
    Operand<TFloat32> perToken =
        tf.nn
            .sparseSoftmaxCrossEntropyWithLogits(flat(logits, architecture.colours()), targets)
            .loss();
    return tf.reshape(perToken, tf.constant(new int[] {-1, architecture.positions()}));
  }

  private Operand<TFloat32> flat(Operand<TFloat32> x, int width) {
    return tf.reshape(x, tf.constant(new int[] {-1, width}));
  }

  private Operand<TInt32> positionsBy(int width) {
    return tf.constant(new int[] {-1, architecture.positions(), width});
  }
}
