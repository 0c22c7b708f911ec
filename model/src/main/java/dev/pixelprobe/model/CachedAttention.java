package dev.pixelprobe.model;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Causal multi-head self-attention of a few new positions on all positions so far, whose keys and
 * values stay on the device, in variables of the session.
 *
 * <p>A cache is [chunks, B, heads, {@value #CHUNK}, head width], kept as rows of a head's width.
 * New rows are written in place, and the chunks up to the newest are the first rows, which are read
 * without a copy: a step touches what it attends to and no more. The new positions must lie in one
 * chunk.
 */
final class CachedAttention {
  /** Positions that a step attends to at least, and by which that grows. */
  static final int CHUNK = 32;

  /** Added to the scores of positions still empty; far below any score, far above -infinity. */
  private static final float MASKED = -1e10f;

  private final Ops tf;
  private final int heads;
  private final int headWidth;
  private final Operand<TInt32> count;
  private final Operand<TInt32> chunks;
  private final Operand<TInt32> seen;
  private final Operand<TInt32> newRows;
  private final Operand<TInt32> rowsSeen;
  private final Operand<TInt32> emptyShape;
  private final Operand<TFloat32> mask;
  private final List<Op> resets = new ArrayList<>();

  /**
   * The attention of all layers.
   *
   * @param images B, a scalar: what {@link #resets} makes room for
   * @param first the first new position, a scalar
   * @param count how many new positions, a scalar
   */
  CachedAttention(
      Ops tf,
      Architecture architecture,
      Operand<TInt32> images,
      Operand<TInt32> first,
      Operand<TInt32> count) {
    this.tf = tf;
    this.heads = architecture.nHead();
    this.headWidth = architecture.nEmbd() / architecture.nHead();
    this.count = count;
    Operand<TInt32> size = tf.constant(CHUNK);
    Operand<TInt32> sequences = tf.math.mul(images, tf.constant(heads));
    Operand<TInt32> chunk = tf.math.div(first, size);
    chunks = tf.math.add(chunk, tf.constant(1));
    seen = tf.math.mul(chunks, size);
    newRows = newRows(tf.math.mul(chunk, sequences), sequences, tf.math.mod(first, size));
    rowsSeen = tf.math.mul(seen, sequences);
    Operand<TInt32> allPositions =
        tf.constant((architecture.positions() + CHUNK - 1) / CHUNK * CHUNK);
    emptyShape = shape(tf.math.mul(allPositions, sequences), headWidth);
    mask = maskOfLater(first);
  }

  /** Where the new positions of each image and head go [B * heads * count]. */
  private Operand<TInt32> newRows(
      Operand<TInt32> earlierSequences, Operand<TInt32> sequences, Operand<TInt32> row) {
    Operand<TInt32> one = tf.constant(1);
    Operand<TInt32> ofChunk =
        tf.range(earlierSequences, tf.math.add(earlierSequences, sequences), one);
    Operand<TInt32> begins = tf.math.add(tf.math.mul(ofChunk, tf.constant(CHUNK)), row);
    Operand<TInt32> next = tf.range(tf.constant(0), count, one);
    return tf.reshape(tf.math.add(tf.expandDims(begins, one), next), tf.constant(new int[] {-1}));
  }

  /** [count, seen]: 0 where the key is not after the query, far below 0 elsewhere. */
  private Operand<TFloat32> maskOfLater(Operand<TInt32> first) {
    Operand<TInt32> one = tf.constant(1);
    Operand<TInt32> keys = tf.range(tf.constant(0), seen, one);
    Operand<TInt32> queries = tf.range(first, tf.math.add(first, count), one);
    return tf.math.mul(
        tf.dtypes.cast(tf.math.greater(keys, tf.expandDims(queries, one)), TFloat32.class),
        tf.constant(MASKED));
  }

  /** Empty the caches of all layers and give them the room for {@code images} images. */
  List<Op> resets() {
    return resets;
  }

  /**
   * Adds the new keys and values to this layer's cache, and mixes the values of each head by its
   * attention weights.
   *
   * @param qkv of the new positions, side by side [B * count, 3d]
   * @return the heads' outputs side by side [B * count, d]
   */
  Operand<TFloat32> apply(Operand<TFloat32> qkv) {
    Operand<TFloat32> split = tf.reshape(qkv, shape(-1, count, 3, heads, headWidth));
    List<Output<TFloat32>> byHead =
        tf.unstack(tf.linalg.transpose(split, axes(2, 0, 3, 1, 4)), 3L).output();
    Operand<TFloat32> scaledQueries =
        tf.math.mul(byHead.get(0), tf.constant((float) (1 / Math.sqrt(headWidth))));
    Operand<TFloat32> mixed =
        attend(scaledQueries, remembered(byHead.get(1)), remembered(byHead.get(2)));
    return tf.reshape(tf.linalg.transpose(mixed, axes(0, 2, 1, 3)), axes(-1, heads * headWidth));
  }

  /** A cache with the new rows [B, heads, count, width] in it: its chunks so far. */
  private Operand<TFloat32> remembered(Operand<TFloat32> rows) {
    Variable<TFloat32> cache = tf.variable(Shape.unknown(), TFloat32.class);
    resets.add(tf.assign(cache, tf.zeros(emptyShape, TFloat32.class), Assign.validateShape(false)));
    Operand<TFloat32> written =
        tf.scatterUpdate(cache, newRows, tf.reshape(rows, axes(-1, headWidth)));
    Operand<TFloat32> soFar = tf.slice(written, axes(0, 0), shape(rowsSeen, -1));
    return tf.reshape(soFar, shape(chunks, -1, heads, CHUNK, headWidth));
  }

  /** Queries [B, heads, count, width], keys and values [chunks, B, heads, CHUNK, width]. */
  private Operand<TFloat32> attend(
      Operand<TFloat32> queries, Operand<TFloat32> keys, Operand<TFloat32> values) {
    Operand<TInt32> chunkAxis = tf.constant(0);
    Operand<TFloat32> byChunk =
        BatchMatMul.v3(tf, tf.expandDims(queries, chunkAxis), keys, /* transposeY= */ true);
    Operand<TFloat32> scores =
        tf.reshape(
            tf.linalg.transpose(byChunk, axes(1, 2, 3, 0, 4)), shape(-1, heads, count, seen));
    Operand<TFloat32> weights = tf.nn.softmax(tf.math.add(scores, mask));
    Operand<TFloat32> weightsByChunk =
        tf.linalg.transpose(
            tf.reshape(weights, shape(-1, heads, count, chunks, CHUNK)), axes(3, 0, 1, 2, 4));
    return tf.sum(BatchMatMul.v3(tf, weightsByChunk, values, /* transposeY= */ false), chunkAxis);
  }

  private Operand<TInt32> axes(int... values) {
    return tf.constant(values);
  }

  /** A shape of ints and scalars. */
  @SuppressWarnings("unchecked")
  private Operand<TInt32> shape(Object... dims) {
    List<Operand<TInt32>> operands = new ArrayList<>();
    for (Object dim : dims) {
      operands.add(dim instanceof Integer i ? tf.constant(i) : (Operand<TInt32>) dim);
    }
    return tf.stack(operands);
  }
}
