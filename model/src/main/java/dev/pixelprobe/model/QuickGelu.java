package dev.pixelprobe.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TFloat32;

/**
 * x * sigmoid(1.702 x): OpenAI's gelu2.
 *
 * <p>A loaded model computes it as y * sigmoid(y), the swish that oneDNN has as one op, of y =
 * 1.702 x: c_fc's weight and bias are multiplied by 1.702 in memory, c_proj's weight is divided by
 * it. The files keep the graph as it is defined and the weights of the checkpoint.
 */
final class QuickGelu {
  private static final float SLOPE = 1.702f;

  private QuickGelu() {}

  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> x) {
    return tf.math.mul(x, tf.math.sigmoid(tf.math.mul(x, tf.constant(SLOPE))));
  }

  /** 1.702 times {@link #of} x, given 1.702 x. */
  static Operand<TFloat32> swish(Ops tf, Operand<TFloat32> scaled) {
    return tf.math.mul(scaled, tf.math.sigmoid(scaled));
  }

  /**
   * Replaces every quick-GELU of the graph by a swish; {@link #scale} must follow.
   *
   * @return how many there were
   */
  static int toSwish(GraphDef.Builder graph) {
    Map<String, NodeDef> nodes = new HashMap<>();
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    int replaced = 0;
    for (NodeDef.Builder node : graph.getNodeBuilderList()) {
      NodeDef product = node.getOp().equals("Sigmoid") ? nodes.get(node.getInput(0)) : null;
      if (product != null && product.getOp().equals("Mul")) {
        NodeDef factor = nodes.get(product.getInput(1));
        if (factor != null && isSlope(factor)) {
          node.setInput(0, product.getInput(0));
          replaced++;
        }
      }
    }
    return replaced;
  }

  private static boolean isSlope(NodeDef node) {
    if (!node.getOp().equals("Const")) {
      return false;
    }
    TensorProto value = node.getAttrOrThrow("value").getTensor();
    ByteBuffer content =
        value.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    return value.getFloatValCount() == 1
        ? value.getFloatVal(0) == SLOPE
        : content.remaining() == Float.BYTES && content.getFloat() == SLOPE;
  }

  /** Scales the weights in memory, once. */
  static void scale(SavedModelBundle bundle, Architecture architecture) {
    Graph graph = bundle.graph();
    Ops tf = Ops.create(graph).withSubScope("swish");
    Session.Runner runner = bundle.session().runner();
    for (int layer = 0; layer < architecture.nLayer(); layer++) {
      String mlp = "h" + layer + "/mlp/";
      runner.addTarget(scaled(tf, graph, mlp + "c_fc/w", SLOPE));
      runner.addTarget(scaled(tf, graph, mlp + "c_fc/b", SLOPE));
      runner.addTarget(scaled(tf, graph, mlp + "c_proj/w", 1 / SLOPE));
    }
    runner.run().close();
  }

  private static Operand<TFloat32> scaled(Ops tf, Graph graph, String weight, float by) {
    Operand<TFloat32> variable = graph.operationOrThrow(ImageGptGraph.nodeName(weight)).output(0);
    return tf.assign(variable, tf.math.mul(variable, tf.constant(by)));
  }
}
