package dev.pixelprobe.model.encoder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TType;

/** Writes SavedModels whose outputs have a closed form. */
final class TinyEncoder {
  /** From red, green and blue to red + blue and green + blue. */
  static final float[][] WEIGHTS = {{1, 0}, {0, 1}, {1, 1}};

  private TinyEncoder() {}

  /** The graph from images to outputs, with {@link #WEIGHTS} as a variable. */
  @FunctionalInterface
  interface Net<T extends TType> {
    Map<String, Operand<?>> outputs(Ops tf, Operand<T> images, Operand<TFloat32> weights);
  }

  static <T extends TType> Path write(Path dir, Class<T> type, Shape shape, Net<T> net)
      throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<T> images = tf.placeholder(type, Placeholder.shape(shape));
      Variable<TFloat32> weights = tf.variable(Shape.of(3, 2), TFloat32.class);
      Op init = tf.assign(weights, tf.constant(WEIGHTS));
      Signature.Builder signature =
          Signature.builder(EncoderSettings.DEFAULT_SIGNATURE).input("images", images);
      net.outputs(tf, images, weights).forEach(signature::output);
      try (Session session = new Session(graph)) {
        session.runner().addTarget(init.op()).run().close();
        SavedModelBundle.exporter(dir.toString())
            .withSession(session)
            .withSignature(signature.build())
            .export();
      }
    }
    return dir;
  }
}
