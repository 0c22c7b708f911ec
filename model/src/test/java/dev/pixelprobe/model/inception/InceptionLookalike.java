package dev.pixelprobe.model.inception;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A frozen graph with the node names, taps and widths of the one published on 2015-12-05, its
 * retired operations and its classifier for one image, but few layers and random weights. As in a
 * graph of that age no version stands in it, and attributes that came later are missing.
 */
public final class InceptionLookalike {
  static final float EPSILON = 0.001f;

  /** Weights by the name of their node, row-major; convolutions [height, width, in, out]. */
  private final Map<String, float[]> weights = new LinkedHashMap<>();

  private final GraphDef.Builder graph = GraphDef.newBuilder();
  private final Random random;

  private InceptionLookalike(long seed) {
    random = new Random(seed);
  }

  /** The network of this seed. */
  public static InceptionLookalike of(long seed) {
    InceptionLookalike network = new InceptionLookalike(seed);
    network.addPreprocessing();
    network.addLayers();
    network.addClassifier();
    return network;
  }

  /** Writes the frozen graph. */
  public Path write(Path file) throws IOException {
    return Files.write(file, graph.build().toByteArray());
  }

  GraphDef graph() {
    return graph.build();
  }

  float[] weights(String node) {
    return Objects.requireNonNull(weights.get(node), node);
  }

  private void addPreprocessing() {
    add(
        node("DecodeJpeg/contents", "Const")
            .putAttr("dtype", type(DataType.DT_STRING))
            .putAttr(
                "value",
                AttrValue.newBuilder()
                    .setTensor(
                        TensorProto.newBuilder()
                            .setDtype(DataType.DT_STRING)
                            .setTensorShape(TensorShapeProto.getDefaultInstance())
                            .addStringVal(ByteString.EMPTY))
                    .build()));
    add(node("DecodeJpeg", "DecodeJpeg", "DecodeJpeg/contents").putAttr("channels", integer(3)));
    add(
        node("Cast", "Cast", "DecodeJpeg")
            .putAttr("SrcT", type(DataType.DT_UINT8))
            .putAttr("DstT", type(DataType.DT_FLOAT)));
    addIntegers("ExpandDims/dim", 0);
    add(floats("ExpandDims", "ExpandDims", "Cast", "ExpandDims/dim"));
    addIntegers("ResizeBilinear/size", 299, 299);
    add(floats("ResizeBilinear", "ResizeBilinear", "ExpandDims", "ResizeBilinear/size"));
    addFloats("Sub/y", new float[] {128});
    add(floats("Sub", "Sub", "ResizeBilinear", "Sub/y"));
    addFloats("Mul/y", new float[] {0.0078125f});
    add(floats("Mul", "Mul", "Sub", "Mul/y"));
  }

  private void addLayers() {
    addConvolution("conv", "Mul", 3, 4, 3, 64); // 75 x 75
    addPool("pool", "MaxPool", "conv", 3, 1); // 73 x 73
    addConvolution("conv_4", "pool", 1, 2, 64, 192); // 37 x 37
    addPool("pool_1", "MaxPool", "conv_4", 3, 1); // 35 x 35
    addPool("mixed_7/pool", "AvgPool", "pool_1", 3, 2); // 17 x 17
    addConvolution("mixed_7/conv", "mixed_7/pool", 1, 1, 192, 384);
    addConvolution("mixed_7/tower/conv", "mixed_7/pool", 1, 1, 192, 384);
    addIntegers("mixed_7/join/concat_dim", 3);
    add(
        floats(
                "mixed_7/join",
                "Concat",
                "mixed_7/join/concat_dim",
                "mixed_7/conv",
                "mixed_7/tower/conv")
            .putAttr("N", integer(2)));
    addPool("mixed_8/pool", "MaxPool", "mixed_7/join", 3, 2); // 8 x 8
    addConvolution("mixed_10/conv", "mixed_8/pool", 1, 1, 768, 2048);
    addPool("pool_3", "AvgPool", "mixed_10/conv", 8, 1); // 1 x 1
  }

  private void addClassifier() {
    addIntegers("pool_3/_reshape/shape", 1, 2048);
    add(floats("pool_3/_reshape", "Reshape", "pool_3", "pool_3/_reshape/shape"));
    addFloats("softmax/weights", gaussian(2048 * 1008, 0.05), 2048, 1008);
    add(floats("softmax/logits/MatMul", "MatMul", "pool_3/_reshape", "softmax/weights"));
    addFloats("softmax/biases", gaussian(1008, 1), 1008);
    add(floats("softmax/logits", "BiasAdd", "softmax/logits/MatMul", "softmax/biases"));
    add(floats("softmax", "Softmax", "softmax/logits"));
  }

  /** As in the published graph: convolution, batch normalisation by a retired operation, ReLU. */
  private void addConvolution(String name, String input, int side, int stride, int in, int out) {
    String normal = name + "/batchnorm";
    addFloats(
        name + "/conv2d_params",
        gaussian(side * side * in * out, Math.sqrt(2.0 / (side * side * in))),
        side,
        side,
        in,
        out);
    add(
        floats(name + "/Conv2D", "Conv2D", input, name + "/conv2d_params")
            .putAttr("strides", integers(1, stride, stride, 1))
            .putAttr("padding", text("VALID")));
    addFloats(normal + "/moving_mean", gaussian(out, 0.1), out);
    addFloats(normal + "/moving_variance", positive(out), out);
    addFloats(normal + "/beta", gaussian(out, 0.1), out);
    addFloats(normal + "/gamma", positive(out), out);
    add(
        floats(
                normal,
                "BatchNormWithGlobalNormalization",
                name + "/Conv2D",
                normal + "/moving_mean",
                normal + "/moving_variance",
                normal + "/beta",
                normal + "/gamma")
            .putAttr("variance_epsilon", AttrValue.newBuilder().setF(EPSILON).build())
            .putAttr("scale_after_normalization", AttrValue.newBuilder().setB(true).build()));
    add(floats(name, "Relu", normal));
  }

  private void addPool(String name, String kind, String input, int side, int stride) {
    add(
        floats(name, kind, input)
            .putAttr("ksize", integers(1, side, side, 1))
            .putAttr("strides", integers(1, stride, stride, 1))
            .putAttr("padding", text("VALID")));
  }

  private float[] gaussian(int size, double deviation) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    return values;
  }

  private float[] positive(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = 0.5f + random.nextFloat();
    }
    return values;
  }

  private void addFloats(String name, float[] values, int... dims) {
    weights.put(name, values);
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    addConstant(name, DataType.DT_FLOAT, bytes, dims);
  }

  private void addIntegers(String name, int... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    if (values.length == 1) {
      addConstant(name, DataType.DT_INT32, bytes);
    } else {
      addConstant(name, DataType.DT_INT32, bytes, values.length);
    }
  }

  private void addConstant(String name, DataType type, ByteBuffer bytes, int... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int dim : dims) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(dim));
    }
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(type)
            .setTensorShape(shape)
            .setTensorContent(ByteString.copyFrom(bytes));
    add(
        node(name, "Const")
            .putAttr("dtype", type(type))
            .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build()));
  }

  private void add(NodeDef.Builder node) {
    graph.addNode(node);
  }

  private static NodeDef.Builder floats(String name, String op, String... inputs) {
    return node(name, op, inputs).putAttr("T", type(DataType.DT_FLOAT));
  }

  private static NodeDef.Builder node(String name, String op, String... inputs) {
    return NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs));
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  private static AttrValue text(String value) {
    return AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build();
  }

  private static AttrValue integer(int value) {
    return AttrValue.newBuilder().setI(value).build();
  }

  private static AttrValue integers(int... values) {
    AttrValue.ListValue.Builder list = AttrValue.ListValue.newBuilder();
    for (int value : values) {
      list.addI(value);
    }
    return AttrValue.newBuilder().setList(list).build();
  }
}
