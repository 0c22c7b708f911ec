package dev.pixelprobe.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
import org.tensorflow.op.core.SwitchCond;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.io.FifoQueue;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** SavedModels that are no Image GPT, of which every output has a closed form. */
public final class TinyEncoder {
  /** From red, green and blue to red + blue and green + blue. */
  private static final float[][] WEIGHTS = {{1, 0}, {0, 1}, {1, 1}};

  private TinyEncoder() {}

  @FunctionalInterface
  private interface Net<T extends TType> {
    Map<String, Operand<?>> outputs(Ops tf, Operand<T> images, Operand<TFloat32> weights);
  }

  /**
   * Float images of any size. {@code mean} of each channel; {@code pool.mixed}, that times a 3 x 2
   * matrix; {@code map}, the images themselves; {@code log} of the mean of each channel.
   */
  public static Path floats(Path dir) throws IOException {
    return write(
        dir,
        TFloat32.class,
        Shape.of(-1, -1, -1, 3),
        (tf, images, weights) -> {
          Operand<TFloat32> mean = tf.math.mean(images, tf.constant(new int[] {1, 2}));
          return Map.of(
              "mean",
              mean,
              "pool.mixed",
              tf.linalg.matMul(mean, weights),
              "map",
              tf.identity(images),
              "log",
              tf.math.log(mean),
              "brightness",
              tf.math.mean(images, tf.constant(new int[] {1, 2, 3})),
              "size",
              tf.shape(images));
        });
  }

  /** {@code mean} as {@link #floats} has it, but of no batch with a black image in it. */
  public static Path strict(Path dir) throws IOException {
    return write(
        dir,
        TFloat32.class,
        Shape.of(-1, -1, -1, 3),
        (tf, images, weights) -> {
          Operand<TFloat32> mean = tf.math.mean(images, tf.constant(new int[] {1, 2}));
          Operand<TBool> bright = tf.math.greater(mean, tf.constant(0f));
          Op check = tf.assertThat(tf.all(bright, tf.constant(new int[] {0, 1})), List.of(mean));
          Operand<TFloat32> checked = tf.withControlDependencies(check).identity(mean);
          return Map.of("mean", checked);
        });
  }

  /** {@code mean} as {@link #floats} has it, but never of a batch with a black image in it. */
  public static Path hanging(Path dir) throws IOException {
    return write(
        dir,
        TFloat32.class,
        Shape.of(-1, -1, -1, 3),
        (tf, images, weights) -> {
          Operand<TFloat32> mean = tf.math.mean(images, tf.constant(new int[] {1, 2}));
          Operand<TBool> dark = tf.math.lessEqual(mean, tf.constant(0f));
          SwitchCond<TFloat32> either =
              tf.switchCond(mean, tf.any(dark, tf.constant(new int[] {0, 1})));
          FifoQueue empty = tf.io.fifoQueue(List.of(TFloat32.class));
          Op wait =
              tf.withControlDependencies(tf.identity(either.outputTrue()))
                  .io
                  .queueDequeue(empty, List.of(TFloat32.class));
          Operand<TFloat32> never = tf.withControlDependencies(wait).identity(either.outputTrue());
          return Map.of("mean", tf.merge(List.of(either.outputFalse(), never)).output());
        });
  }

  /** Bytes of 4 x 4 pixels, of which {@code rows} averages only the columns. */
  public static Path bytes(Path dir) throws IOException {
    return write(
        dir,
        TUint8.class,
        Shape.of(-1, 4, 4, 3),
        (tf, images, weights) ->
            Map.of("rows", tf.math.mean(tf.dtypes.cast(images, TFloat32.class), tf.constant(2))));
  }

  /** Encoded images: {@code size} is the width and height that a PNG's header tells. */
  public static Path encoded(Path dir) throws IOException {
    return write(
        dir,
        TString.class,
        Shape.of(-1),
        (tf, files, weights) -> {
          Operand<TString> header = tf.strings.substr(files, tf.constant(16), tf.constant(8));
          return Map.of(
              "size", tf.dtypes.cast(tf.io.decodeRaw(header, TUint8.class), TFloat32.class));
        });
  }

  private static <T extends TType> Path write(Path dir, Class<T> type, Shape shape, Net<T> net)
      throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<T> images = tf.placeholder(type, Placeholder.shape(shape));
      Variable<TFloat32> weights = tf.variable(Shape.of(3, 2), TFloat32.class);
      Op init = tf.assign(weights, tf.constant(WEIGHTS));
      Signature.Builder signature = Signature.builder("serving_default").input("images", images);
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
