package dev.pixelprobe.model;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;

/**
 * TensorFlow's own rewrite of float32 graphs to bfloat16 (auto_mixed_precision_onednn_bfloat16):
 * products, and what is between them. Where oneDNN or the device does not allow it, it is silently
 * left out.
 */
final class OneDnnBfloat16 {
  /** Exact in float32, rounded to 1 in bfloat16. */
  private static final float BEYOND_BFLOAT16 = 1 + 0x1p-10f;

  private OneDnnBfloat16() {}

  /** The settings of a session, with the rewrite asked for. */
  static ConfigProto in(ConfigProto config) {
    ConfigProto.Builder rewriting = config.toBuilder();
    rewriting
        .getGraphOptionsBuilder()
        .getRewriteOptionsBuilder()
        .setMinGraphNodes(-1)
        .setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
    return rewriting.build();
  }

  /** Whether it takes place on this machine's device: asked of a product. */
  static boolean takesPlace(SessionOptions options) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, in(options.config()))) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> x = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(1, 1)));
      Operand<TFloat32> negative =
          tf.math.neg(tf.linalg.matMul(x, tf.constant(new float[][] {{1}})));
      try (TFloat32 fed = TFloat32.tensorOf(StdArrays.ndCopyOf(new float[][] {{BEYOND_BFLOAT16}}));
          Result result = session.runner().feed(x, fed).fetch(negative).run()) {
        return ((TFloat32) result.get(0)).getFloat(0, 0) == -1;
      }
    }
  }
}
