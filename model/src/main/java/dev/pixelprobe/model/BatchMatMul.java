package dev.pixelprobe.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The products of the last two axes; the axes before them are broadcast. */
final class BatchMatMul {
  private BatchMatMul() {}

  /** The op that oneDNN takes over: the faster one for products of many rows. */
  static Operand<TFloat32> v2(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> y, boolean transposeY) {
    return tf.scope()
        .opBuilder("BatchMatMulV2", "batch_mat_mul")
        .addInput(x.asOutput())
        .addInput(y.asOutput())
        .setAttr("adj_y", transposeY)
        .build()
        .output(0);
  }

  /** TensorFlow-Java's own, which oneDNN leaves alone: the faster one for a row at a time. */
  static Operand<TFloat32> v3(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> y, boolean transposeY) {
    return tf.train.batchMatMul(
        x, y, TFloat32.class, org.tensorflow.op.train.BatchMatMul.adjY(transposeY));
  }
}
