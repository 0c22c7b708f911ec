package dev.pixelprobe.model;

import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;

/** Changes of type in a graph that is being rewritten. */
final class CastNode {
  private CastNode() {}

  /** A cast on the device of the node {@code beside}. */
  static NodeDef of(NodeDef beside, String name, String input, DataType from, DataType to) {
    return NodeDef.newBuilder()
        .setName(name)
        .setOp("Cast")
        .setDevice(beside.getDevice())
        .addInput(input)
        .putAttr("SrcT", type(from))
        .putAttr("DstT", type(to))
        .build();
  }

  static boolean is(NodeDef node, DataType from, DataType to) {
    return node.getOp().equals("Cast")
        && node.getAttrOrThrow("SrcT").getType() == from
        && node.getAttrOrThrow("DstT").getType() == to;
  }

  /** A type as an attribute of a node. */
  static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }
}
