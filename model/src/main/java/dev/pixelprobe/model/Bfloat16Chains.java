package dev.pixelprobe.model;

import static org.tensorflow.proto.DataType.DT_BFLOAT16;
import static org.tensorflow.proto.DataType.DT_FLOAT;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Leaves in bfloat16 what goes from one of {@link Bfloat16Products}' products to the next: biases
 * added, heads, scores, attention weights, the MLP's activations. Between products a GPU waits for
 * its memory, of which this takes half. The residual stream, the norms and the features stay
 * float32.
 *
 * <p>For GPUs: a CPU that computes in bfloat16 has {@link OneDnnBfloat16}.
 */
final class Bfloat16Chains {
  /** Ops, with how many of their first inputs are of their type T. ConcatV2 says how many. */
  private static final Map<String, Integer> LINKS =
      Map.ofEntries(
          Map.entry("Add", 2),
          Map.entry("AddV2", 2),
          Map.entry("BiasAdd", 2),
          Map.entry("Mul", 2),
          Map.entry("Reshape", 1),
          Map.entry("Sigmoid", 1),
          Map.entry("Slice", 1),
          Map.entry("Softmax", 1),
          Map.entry("Transpose", 1),
          Map.entry("Unpack", 1));

  private final List<NodeDef> nodes = new ArrayList<>();

  /** By the name of a float32 tensor, that of the bfloat16 one that it is a cast of. */
  private final Map<String, String> narrow = new HashMap<>();

  /** Nodes that depend on what is fed; all else is weights and constants. */
  private final Set<String> fed = new HashSet<>();

  private Bfloat16Chains() {}

  /** Rewrites {@code graph} in place, whose nodes must come after what they read. */
  static void rewrite(GraphDef.Builder graph) {
    Bfloat16Chains chains = new Bfloat16Chains();
    graph.getNodeList().forEach(chains::add);
    graph.clearNode().addAllNode(chains.nodes);
  }

  private void add(NodeDef node) {
    if (node.getOp().startsWith("Placeholder")
        || node.getInputList().stream().anyMatch(this::isFed)) {
      fed.add(node.getName());
    }
    if (isLink(node)) {
      addLink(node);
    } else if (CastNode.is(node, DT_FLOAT, DT_BFLOAT16) && narrow.containsKey(node.getInput(0))) {
      nodes.add(sameAsNarrow(node));
    } else {
      nodes.add(node);
      if (CastNode.is(node, DT_BFLOAT16, DT_FLOAT)) {
        narrow.put(node.getName(), node.getInput(0));
      }
    }
  }

  private boolean isFed(String input) {
    int end = input.indexOf(':');
    return fed.contains(end < 0 ? input : input.substring(0, end));
  }

  private boolean isLink(NodeDef node) {
    int numbers = numbers(node);
    if (numbers == 0 || node.getAttrOrThrow("T").getType() != DT_FLOAT) {
      return false;
    }
    List<String> inputs = node.getInputList().subList(0, numbers);
    return inputs.stream().anyMatch(narrow::containsKey)
        && inputs.stream().allMatch(input -> narrow.containsKey(input) || !isFed(input));
  }

  private static int numbers(NodeDef node) {
    return node.getOp().equals("ConcatV2")
        ? Math.toIntExact(node.getAttrOrThrow("N").getI())
        : LINKS.getOrDefault(node.getOp(), 0);
  }

  /** What else reads the node still finds float32 under its name. */
  private void addLink(NodeDef node) {
    String name = node.getName() + "/bf16";
    NodeDef.Builder link = node.toBuilder().setName(name).putAttr("T", CastNode.type(DT_BFLOAT16));
    for (int i = 0; i < numbers(node); i++) {
      link.setInput(i, narrowInput(node, i));
    }
    nodes.add(link.build());
    if (node.getOp().equals("Unpack")) {
      nodes.add(node);
      long outputs = node.getAttrOrThrow("num").getI();
      for (int output = 1; output < outputs; output++) {
        narrow.put(node.getName() + ":" + output, name + ":" + output);
      }
    } else {
      nodes.add(CastNode.of(node, node.getName(), name, DT_BFLOAT16, DT_FLOAT));
    }
    narrow.put(node.getName(), name);
  }

  private String narrowInput(NodeDef node, int i) {
    String input = node.getInput(i);
    String found = narrow.get(input);
    if (found != null) {
      return found;
    }
    String cast = "%s/bf16_%d".formatted(node.getName(), i);
    nodes.add(CastNode.of(node, cast, input, DT_FLOAT, DT_BFLOAT16));
    return cast;
  }

  private NodeDef sameAsNarrow(NodeDef cast) {
    return NodeDef.newBuilder()
        .setName(cast.getName())
        .setOp("Identity")
        .setDevice(cast.getDevice())
        .addInput(narrow.get(cast.getInput(0)))
        .putAttr("T", CastNode.type(DT_BFLOAT16))
        .build();
  }
}
