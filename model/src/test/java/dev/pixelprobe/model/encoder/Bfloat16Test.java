package dev.pixelprobe.model.encoder;

import static dev.pixelprobe.model.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.RgbImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.Operand;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** 1 + 2^-9 is a float32 but no bfloat16: which arithmetic was used can be read off the result. */
class Bfloat16Test {
  private static final double FLOAT_ONLY = 1 + 1 / 512.0;
  private static final EncoderSettings SETTINGS =
      new EncoderSettings(null, null, 1, null, FLOAT_ONLY, null, null, null);
  private static final RgbImage ONES = RgbImage.wrap(1, 1, new byte[] {1, 1, 0});

  @TempDir Path dir;

  @Test
  void everyKindOfProductIsComputedInBfloat16AndNothingElse() throws IOException {
    Path model =
        TinyEncoder.write(
            dir.resolve("products"), TFloat32.class, Shape.of(-1, 1, 1, 3), Bfloat16Test::products);

    EncoderInfo exact = EncoderInspection.of(model, SETTINGS, Precision.F32);
    EncoderInfo rounded = EncoderInspection.of(model, SETTINGS, Precision.BF16);

    assertThat(exact.outputs())
        .extracting(EncoderOutput::name)
        .containsExactly("batch", "conv", "einsum", "function", "matmul", "sum");
    assertThat(run(exact)).containsOnly((float) FLOAT_ONLY);
    float[] values = run(rounded);
    assertThat(values).startsWith(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(values).endsWith((float) FLOAT_ONLY).hasSize(11);
  }

  private static Map<String, Operand<?>> products(
      Ops tf, Operand<TFloat32> images, Operand<TFloat32> weights) {
    Operand<TFloat32> x = tf.reshape(images, tf.constant(new int[] {-1, 3}));
    return Map.of(
        "matmul",
        tf.linalg.matMul(x, weights),
        "batch",
        tf.train.batchMatMul(
            tf.expandDims(x, tf.constant(1)),
            tf.expandDims(weights, tf.constant(0)),
            TFloat32.class),
        "conv",
        tf.nn.conv2d(
            images,
            tf.reshape(weights, tf.constant(new int[] {1, 1, 3, 2})),
            List.of(1L, 1L, 1L, 1L),
            "VALID"),
        "einsum",
        tf.linalg.einsum(List.of(x, weights), "bi,ij->bj"),
        "function",
        inFunction(tf, x),
        "sum",
        tf.math.mul(
            tf.math.mean(x, tf.constant(new int[] {1}), Mean.keepDims(true)), tf.constant(1.5f)));
  }

  /** The same product in a function, as the SavedModels of TensorFlow 2 have it. */
  private static Operand<?> inFunction(Ops tf, Operand<TFloat32> x) {
    try (ConcreteFunction product =
        ConcreteFunction.create(
            body -> {
              Placeholder<TFloat32> input =
                  body.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 3)));
              Operand<TFloat32> output =
                  body.identity(body.linalg.matMul(input, body.constant(TinyEncoder.WEIGHTS)));
              return Signature.builder("product").input("x", input).output("y", output).build();
            })) {
      return Objects.requireNonNull(tf.call(product, Map.of("x", x)).get("y"));
    }
  }

  private static float[] run(EncoderInfo info) throws IOException {
    try (ImageEncoder encoder = ImageEncoder.open(info, 2)) {
      return encoder.run(List.of(ONES)).get(0);
    }
  }

  @Test
  void aModelWithoutProductsIsRefused() throws IOException {
    Path model =
        TinyEncoder.write(
            dir.resolve("means"),
            TFloat32.class,
            Shape.of(-1, 1, 1, 3),
            (tf, images, weights) ->
                Map.of("mean", tf.math.mean(images, tf.constant(new int[] {1, 2}))));

    assertRefused(
        () -> EncoderInspection.of(model, SETTINGS, Precision.BF16),
        "float32 matrix products",
        "--precision f32");
  }
}
