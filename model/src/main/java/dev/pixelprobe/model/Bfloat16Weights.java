package dev.pixelprobe.model;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

/**
 * The weights of the matrix products once more, rounded to bfloat16 in memory. {@link
 * OneDnnBfloat16} would round them in every pass, each part of a batch anew; here the products read
 * them through a cast to float32, which that rewrite takes away. They take half as much memory as
 * the float32 ones, which stay.
 */
final class Bfloat16Weights {
  private static final String ROUNDED = "/bfloat16";
  private static final String CAST = "/float32";

  private final Map<String, NodeDef> weights = new LinkedHashMap<>();

  /** Adds variables for them to a graph; once that is loaded, {@link #fill} must follow. */
  void add(GraphDef.Builder graph) {
    Map<String, NodeDef> variables = new HashMap<>();
    for (NodeDef node : graph.getNodeList()) {
      if (node.getOp().equals("VariableV2")) {
        variables.put(node.getName(), node);
      }
    }
    for (NodeDef.Builder node : graph.getNodeBuilderList()) {
      NodeDef weight = node.getOp().equals("MatMul") ? variables.get(node.getInput(1)) : null;
      if (weight != null) {
        weights.put(weight.getName(), weight);
        node.setInput(1, weight.getName() + CAST);
      }
    }
    for (NodeDef weight : weights.values()) {
      String name = weight.getName();
      graph.addNode(
          weight.toBuilder()
              .setName(name + ROUNDED)
              .putAttr("dtype", CastNode.type(DataType.DT_BFLOAT16)));
      graph.addNode(
          CastNode.of(
              weight, name + CAST, name + ROUNDED, DataType.DT_BFLOAT16, DataType.DT_FLOAT));
    }
  }

  /** Rounds the weights as they are now. */
  void fill(SavedModelBundle bundle) {
    Graph graph = bundle.graph();
    Ops tf = Ops.create(graph).withSubScope("bfloat16");
    Session.Runner runner = bundle.session().runner();
    for (String weight : weights.keySet()) {
      Operand<TFloat32> exact = graph.operationOrThrow(weight).output(0);
      Operand<TBfloat16> rounded = graph.operationOrThrow(weight + ROUNDED).output(0);
      runner.addTarget(tf.assign(rounded, tf.dtypes.cast(exact, TBfloat16.class)));
    }
    runner.run().close();
  }
}
