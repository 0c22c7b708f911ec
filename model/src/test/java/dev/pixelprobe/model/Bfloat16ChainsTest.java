package dev.pixelprobe.model;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tensorflow.proto.DataType.DT_BFLOAT16;
import static org.tensorflow.proto.DataType.DT_FLOAT;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The graph that a GPU is given, on a CPU. */
class Bfloat16ChainsTest {
  /** 144 positions: one whole block of queries and a part of another. */
  private static final RandomModel RANDOM =
      new RandomModel(new Architecture(12, 48, 3, 3, 192, 20, 1e-5));

  private static final String DEEPEST = new LayerFeature(LayerFeature.Kind.LN_1, 3).label();

  @TempDir Path dir;
  private Path model;

  @BeforeEach
  void writeModel() throws IOException {
    model = dir.resolve("model");
    RANDOM.write(model);
  }

  @Test
  void onlyWhatEntersTheResidualStreamIsCastBack() throws IOException {
    Map<String, NodeDef> nodes = new HashMap<>();
    try (SavedModelBundle bundle =
        load(
            graph -> {
              rewrite(graph);
              graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
            })) {
      List<NodeDef> needed = needed(nodes, nodeOf(outputOf(bundle)));

      assertThat(needed.stream().filter(node -> CastNode.is(node, DT_BFLOAT16, DT_FLOAT)))
          .extracting(node -> node.getName().replaceAll("_?\\d+", ""))
          .hasSize(2 * 3)
          .containsOnly("BiasAdd");
      assertThat(inBfloat16(needed))
          .containsEntry("BiasAdd", 4 * 3L)
          .containsEntry("Softmax", 2 * 3L)
          .containsEntry("ConcatV2", 3L)
          .containsEntry("Sigmoid", 3L)
          .containsEntry("Transpose", 2 * 3L)
          .containsEntry("Unpack", 3L);
      assertThat(needed)
          .filteredOn(node -> isOf(node, DT_FLOAT))
          .extracting(NodeDef::getOp)
          .doesNotContain("BiasAdd", "Softmax", "ConcatV2", "Sigmoid", "Slice", "Unpack", "MatMul");
    }
  }

  @Test
  void featuresStayNearThoseInFloat32() throws IOException {
    float[] expected = features(graph -> {});
    float[] products = features(Bfloat16Products::rewrite);
    float[] found = features(Bfloat16ChainsTest::rewrite);

    assertThat(found).isNotEqualTo(expected).isNotEqualTo(products);
    assertThat(farthest(found, expected)).isLessThan(2e-2);
  }

  private static void rewrite(GraphDef.Builder graph) {
    Bfloat16Products.rewrite(graph);
    Bfloat16Chains.rewrite(graph);
  }

  private static Map<String, Long> inBfloat16(List<NodeDef> nodes) {
    return nodes.stream()
        .filter(node -> isOf(node, DT_BFLOAT16))
        .collect(groupingBy(NodeDef::getOp, TreeMap::new, counting()));
  }

  private static boolean isOf(NodeDef node, DataType type) {
    return node.containsAttr("T") && node.getAttrOrThrow("T").getType() == type;
  }

  /** All that an output is computed from. */
  private static List<NodeDef> needed(Map<String, NodeDef> nodes, String output) {
    Map<String, NodeDef> found = new HashMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(output));
    while (!open.isEmpty()) {
      String name = open.pop();
      NodeDef node = Objects.requireNonNull(nodes.get(name), name);
      if (found.put(name, node) == null) {
        node.getInputList().forEach(input -> open.push(nodeOf(input)));
      }
    }
    return List.copyOf(found.values());
  }

  private static String nodeOf(String tensor) {
    return tensor.replaceFirst(":\\d+$", "");
  }

  private static String outputOf(SavedModelBundle bundle) {
    return Objects.requireNonNull(
            bundle.function(SavedModelNames.FEATURES).signature().getOutputs().get(DEEPEST))
        .name;
  }

  private SavedModelBundle load(Consumer<GraphDef.Builder> change) throws IOException {
    return SavedModels.load(model, change, SessionOptions.ofThreads(2).config());
  }

  private float[] features(Consumer<GraphDef.Builder> change) throws IOException {
    Tokens image = RANDOM.images(1).get(0);
    int[] ids = new int[image.size()];
    for (int n = 0; n < ids.length; n++) {
      ids[n] = image.get(n);
    }
    try (SavedModelBundle bundle = load(change);
        TInt32 tokens = TInt32.tensorOf(Shape.of(1, ids.length), DataBuffers.of(ids));
        Result result =
            bundle
                .function(SavedModelNames.FEATURES)
                .call(Map.of(SavedModelNames.TOKENS, tokens))) {
      TFloat32 features = (TFloat32) result.get(DEEPEST).orElseThrow();
      float[] values = new float[Math.toIntExact(features.size())];
      features.copyTo(NdArrays.wrap(features.shape(), DataBuffers.of(values)));
      return values;
    }
  }

  private static double farthest(float[] found, float[] expected) {
    double largest = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(found[i] - expected[i]));
    }
    return difference / largest;
  }
}
