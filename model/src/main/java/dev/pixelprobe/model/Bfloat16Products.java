package dev.pixelprobe.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Rewrites a graph so that its float32 matrix products are bfloat16 ones between two casts, in the
 * graph itself and in its functions, on whatever device. An Image GPT on a CPU is left to {@link
 * OneDnnBfloat16} where that takes place; on a GPU {@link Bfloat16Chains} follows.
 */
final class Bfloat16Products {
  /** The ops, with the name of their output: functions refer to outputs by name. */
  private static final Map<String, String> OUTPUT_OF =
      Map.of(
          "MatMul", "product",
          "BatchMatMul", "output",
          "BatchMatMulV2", "output",
          "BatchMatMulV3", "output",
          "Einsum", "output",
          "Conv2D", "output");

  private static final List<String> TYPES = List.of("T", "Ta", "Tb", "Tout");
  private static final String CAST_OUTPUT = "y";

  private final boolean inFunction;
  private final List<NodeDef> nodes = new ArrayList<>();
  private final Map<String, String> renamed = new HashMap<>();

  private Bfloat16Products(boolean inFunction) {
    this.inFunction = inFunction;
  }

  /**
   * Rewrites {@code graph} in place.
   *
   * @return how many products there are now in bfloat16
   */
  static int rewrite(GraphDef.Builder graph) {
    int products = 0;
    Bfloat16Products main = new Bfloat16Products(/* inFunction= */ false);
    products += main.addAll(graph.getNodeList());
    graph.clearNode().addAllNode(main.nodes);
    for (FunctionDef.Builder function : graph.getLibraryBuilder().getFunctionBuilderList()) {
      Bfloat16Products body = new Bfloat16Products(/* inFunction= */ true);
      products += body.addAll(function.getNodeDefList());
      function.clearNodeDef().addAllNodeDef(body.withRenamedInputs());
      Map<String, String> returned = new HashMap<>(function.getRetMap());
      returned.replaceAll((name, source) -> body.renamed.getOrDefault(source, source));
      function.clearRet().putAllRet(returned);
    }
    return products;
  }

  private int addAll(List<NodeDef> originals) {
    int products = 0;
    for (NodeDef node : originals) {
      if (isFloatProduct(node)) {
        addProduct(node);
        products++;
      } else {
        nodes.add(node);
      }
    }
    return products;
  }

  private static boolean isFloatProduct(NodeDef node) {
    return OUTPUT_OF.containsKey(node.getOp())
        && TYPES.stream()
            .filter(node::containsAttr)
            .allMatch(type -> node.getAttrOrThrow(type).getType() == DataType.DT_FLOAT);
  }

  /** The cast back takes the product's name, so that what reads it need not know. */
  private void addProduct(NodeDef node) {
    NodeDef.Builder product =
        node.toBuilder()
            .setName(node.getName() + "/bf16")
            .clearInput()
            .removeAttr("_output_shapes");
    for (String type : TYPES) {
      if (node.containsAttr(type)) {
        product.putAttr(type, CastNode.type(DataType.DT_BFLOAT16));
      }
    }
    for (String input : node.getInputList()) {
      if (input.startsWith("^")) {
        product.addInput(input);
      } else {
        String cast = "%s/bf16_%d".formatted(node.getName(), product.getInputCount());
        nodes.add(CastNode.of(node, cast, input, DataType.DT_FLOAT, DataType.DT_BFLOAT16));
        product.addInput(output(cast, CAST_OUTPUT));
      }
    }
    nodes.add(product.build());
    String result = OUTPUT_OF.getOrDefault(node.getOp(), "");
    nodes.add(
        CastNode.of(
            node,
            node.getName(),
            output(product.getName(), result),
            DataType.DT_BFLOAT16,
            DataType.DT_FLOAT));
    renamed.put(output(node.getName(), result), output(node.getName(), CAST_OUTPUT));
  }

  private String output(String node, String name) {
    return inFunction ? "%s:%s:0".formatted(node, name) : node;
  }

  private List<NodeDef> withRenamedInputs() {
    return nodes.stream()
        .map(
            node -> {
              List<String> inputs =
                  node.getInputList().stream()
                      .map(input -> renamed.getOrDefault(input, input))
                      .toList();
              return node.toBuilder().clearInput().addAllInput(inputs).build();
            })
        .toList();
  }
}
