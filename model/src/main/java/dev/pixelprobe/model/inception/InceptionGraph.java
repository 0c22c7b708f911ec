package dev.pixelprobe.model.inception;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.encoder.EncoderSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The frozen graph, and the SavedModel around it. No node of the graph changes, nor the version it
 * was made with: TensorFlow still runs the retired operations of graphs that are as old as they.
 *
 * <p>Its classifier flattens {@code pool_3} to the constant shape [1, 2048], so it stands only one
 * image at a time. Copies of its last two nodes read {@code pool_3} by way of a node that keeps the
 * batch.
 */
final class InceptionGraph {
  /** Side of the square that the graph resizes to. */
  static final int SIZE = 299;

  static final String INPUT = "ExpandDims";
  static final String LOGITS = "softmax/logits";
  static final String PRODUCT = "softmax/logits/MatMul";

  private static final String FEATURES = InceptionOutput.POOL_2048.node();
  private static final String BATCHED = "batched/";
  private static final int SCHEMA_VERSION = 1;

  private final GraphDef graph;
  private final NodeDef product;
  private final NodeDef logits;

  private InceptionGraph(GraphDef graph, NodeDef product, NodeDef logits) {
    this.graph = graph;
    this.product = product;
    this.logits = logits;
  }

  /**
   * Reads the graph.
   *
   * @param name of the file, for messages
   * @throws InvalidInputException if it is no graph, or lacks a node that is needed
   */
  static InceptionGraph parse(byte[] bytes, Path name) {
    GraphDef graph;
    try {
      graph = GraphDef.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidInputException(
          "Inception %s: expected a frozen TensorFlow graph, got a damaged or other file; %s"
              .formatted(name, InceptionEncoder.ADVICE),
          e);
    }
    Map<String, NodeDef> nodes = new HashMap<>();
    graph.getNodeList().forEach(node -> nodes.put(node.getName(), node));
    require(nodes, INPUT, name);
    for (InceptionOutput output : InceptionOutput.values()) {
      require(nodes, output.node(), name);
    }
    NodeDef product = require(nodes, PRODUCT, name);
    NodeDef logits = require(nodes, LOGITS, name);
    if (product.getInputCount() != 2
        || !logits.getInputList().stream().findFirst().equals(Optional.of(PRODUCT))) {
      throw new InvalidInputException(
          "Inception %s: expected %s to add a bias to %s, got other nodes of these names; %s"
              .formatted(name, LOGITS, PRODUCT, InceptionEncoder.ADVICE));
    }
    return new InceptionGraph(graph, product, logits);
  }

  private static NodeDef require(Map<String, NodeDef> nodes, String wanted, Path name) {
    NodeDef node = nodes.get(wanted);
    if (node == null) {
      throw new InvalidInputException(
          "Inception %s: expected the graph of 2015-12-05 with its node %s, got %d nodes without; %s"
              .formatted(name, wanted, nodes.size(), InceptionEncoder.ADVICE));
    }
    return node;
  }

  /** One signature: images as float32 [B, H, W, 3] of 0..255 to every {@link InceptionOutput}. */
  SavedModel savedModel() {
    SignatureDef.Builder signature =
        SignatureDef.newBuilder()
            .setMethodName("tensorflow/serving/predict")
            .putInputs("images", tensor(INPUT, -1, -1, -1, 3));
    for (InceptionOutput output : InceptionOutput.values()) {
      signature.putOutputs(output.label(), outputTensor(output));
    }
    return SavedModel.newBuilder()
        .setSavedModelSchemaVersion(SCHEMA_VERSION)
        .addMetaGraphs(
            MetaGraphDef.newBuilder()
                .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
                .setGraphDef(batched())
                .putSignatureDef(EncoderSettings.DEFAULT_SIGNATURE, signature.build()))
        .build();
  }

  private static TensorInfo outputTensor(InceptionOutput output) {
    return switch (output) {
      case LOGITS, LOGITS_UNBIASED -> tensor(BATCHED + output.node(), -1, output.dim());
      default -> tensor(output.node(), -1, -1, -1, output.dim());
    };
  }

  private static TensorInfo tensor(String node, long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    Arrays.stream(dims)
        .forEach(dim -> shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(dim)));
    return TensorInfo.newBuilder()
        .setName(node + ":0")
        .setDtype(DataType.DT_FLOAT)
        .setTensorShape(shape)
        .build();
  }

  private GraphDef batched() {
    NodeDef features =
        NodeDef.newBuilder()
            .setName(BATCHED + FEATURES)
            .setOp("Squeeze")
            .addInput(FEATURES)
            .putAttr("T", AttrValue.newBuilder().setType(DataType.DT_FLOAT).build())
            .putAttr(
                "squeeze_dims",
                AttrValue.newBuilder()
                    .setList(AttrValue.ListValue.newBuilder().addI(1).addI(2))
                    .build())
            .build();
    return graph.toBuilder()
        .addNode(features)
        .addNode(reading(features.getName(), product))
        .addNode(reading(BATCHED + PRODUCT, logits))
        .build();
  }

  /** The same node over another first input. */
  private static NodeDef reading(String input, NodeDef node) {
    return node.toBuilder().setName(BATCHED + node.getName()).setInput(0, input).build();
  }
}
