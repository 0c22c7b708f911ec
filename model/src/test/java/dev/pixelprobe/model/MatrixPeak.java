package dev.pixelprobe.model;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TNumber;

/** The fastest that TensorFlow multiplies matrices on a device. */
public final class MatrixPeak {
  private static final int PRODUCTS = 20;

  private MatrixPeak() {}

  /**
   * Multiplies matrices for a while.
   *
   * @param side of the square matrices, of random numbers: a processor is faster on zeros
   * @param seconds at least
   * @return floating point operations per second
   */
  public static double of(SessionOptions options, Precision precision, int side, double seconds) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, options.config())) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> last =
          precision == Precision.F32
              ? products(tf, side, TFloat32.class)
              : products(tf, side, TBfloat16.class);
      session.runner().fetch(last).run().close();
      int runs = 0;
      long begin = System.nanoTime();
      double elapsed;
      do {
        session.runner().fetch(last).run().close();
        runs++;
        elapsed = (System.nanoTime() - begin) / 1e9;
      } while (elapsed < seconds);
      return 2.0 * side * side * side * PRODUCTS * runs / elapsed;
    }
  }

  private static <T extends TNumber> Operand<TFloat32> products(Ops tf, int side, Class<T> type) {
    Operand<T> factor = tf.dtypes.cast(random(tf, side), type);
    Operand<T> product = tf.dtypes.cast(random(tf, side), type);
    for (int i = 0; i < PRODUCTS; i++) {
      product = tf.linalg.matMul(product, factor);
    }
    return tf.math.mean(tf.dtypes.cast(product, TFloat32.class), tf.constant(new int[] {0, 1}));
  }

  /** Such that products neither vanish nor grow. */
  private static Operand<TFloat32> random(Ops tf, int side) {
    Operand<TFloat32> uniform =
        tf.random.randomUniform(tf.constant(new int[] {side, side}), TFloat32.class);
    float deviation = (float) Math.sqrt(12.0 / side);
    return tf.math.mul(tf.math.sub(uniform, tf.constant(0.5f)), tf.constant(deviation));
  }
}
