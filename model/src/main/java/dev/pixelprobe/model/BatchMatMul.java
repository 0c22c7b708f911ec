package dev.pixelprobe.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * BatchMatMulV2 by its op name: TensorFlow-Java's own batchMatMul makes V3, which oneDNN does not
 * take over.
 */
final class BatchMatMul {
  private BatchMatMul() {}

  /** The products of the last two axes; the axes before them are broadcast. */
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
}
