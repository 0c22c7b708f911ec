package dev.pixelprobe.model;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** What an Image GPT does to each position by itself, on activations [rows, width]. */
final class Layers {
  private final Ops tf;
  private final float epsilon;
  private final Function<String, Operand<TFloat32>> weights;
  private final BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> activation;

  /**
   * The layers of one graph.
   *
   * @param weights by their names in {@link Architecture#tensorShapes}
   * @param activation of the MLP, {@link QuickGelu#of} or {@link QuickGelu#swish}, as the weights
   *     are
   */
  Layers(
      Ops tf,
      Architecture architecture,
      Function<String, Operand<TFloat32>> weights,
      BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> activation) {
    this.tf = tf;
    this.epsilon = (float) architecture.epsilon();
    this.weights = weights;
    this.activation = activation;
  }

  /** RMS norm: x / sqrt(mean(x²) + epsilon) * g, without mean subtraction or bias. */
  Operand<TFloat32> norm(Operand<TFloat32> x, String gain) {
    Operand<TFloat32> meanSquare =
        tf.math.mean(tf.math.square(x), tf.constant(1), Mean.keepDims(true));
    Operand<TFloat32> scale = tf.math.rsqrt(tf.math.add(meanSquare, tf.constant(epsilon)));
    return tf.math.mul(tf.math.mul(x, scale), weights.apply(gain));
  }

  Operand<TFloat32> mlp(Operand<TFloat32> x, String scope) {
    return linear(activation.apply(tf, linear(x, scope + "/c_fc")), scope + "/c_proj");
  }

  Operand<TFloat32> linear(Operand<TFloat32> x, String scope) {
    return tf.nn.biasAdd(
        tf.linalg.matMul(x, weights.apply(scope + "/w")), weights.apply(scope + "/b"));
  }

  /** Unnormalised log-probabilities [rows, colours]. */
  Operand<TFloat32> head(Operand<TFloat32> normed) {
    return tf.linalg.matMul(normed, weights.apply("head"), MatMul.transposeB(true));
  }
}
