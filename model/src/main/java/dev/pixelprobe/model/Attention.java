package dev.pixelprobe.model;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Multi-head self-attention, exact, cut into blocks of queries. Where it is causal, a block
 * multiplies only the keys up to its own end, and only those scores are masked; in a BERT model
 * every query sees every key.
 */
final class Attention {
  private static final int QUERY_BLOCK = 128;

  /** Added to the scores of later positions; far below any score, far above -infinity. */
  private static final float MASKED = -1e10f;

  private final Ops tf;
  private final int positions;
  private final int heads;
  private final int headWidth;
  private final boolean causal;
  private final List<Operand<TFloat32>> masks = new ArrayList<>();

  Attention(Ops tf, Architecture architecture) {
    this.tf = tf;
    this.positions = architecture.positions();
    this.heads = architecture.nHead();
    this.headWidth = architecture.nEmbd() / architecture.nHead();
    this.causal = architecture.causal();
    for (int begin = 0; causal && begin < positions; begin += QUERY_BLOCK) {
      masks.add(causalMask(begin, Math.min(begin + QUERY_BLOCK, positions)));
    }
  }

  /**
   * Mixes the values of each head by its attention weights.
   *
   * @param qkv queries, keys and values side by side [B * N, 3d]
   * @return the heads' outputs side by side [B * N, d]
   */
  Operand<TFloat32> apply(Operand<TFloat32> qkv) {
    Operand<TFloat32> split =
        tf.reshape(qkv, tf.constant(new int[] {-1, positions, 3, heads, headWidth}));
    List<Output<TFloat32>> byHead =
        tf.unstack(tf.linalg.transpose(split, tf.constant(new int[] {2, 0, 3, 1, 4})), 3L).output();
    Operand<TFloat32> scaledQueries =
        tf.math.mul(byHead.get(0), tf.constant((float) (1 / Math.sqrt(headWidth))));
    Operand<TFloat32> mixed = attend(scaledQueries, byHead.get(1), byHead.get(2));
    Operand<TFloat32> byPosition = tf.linalg.transpose(mixed, tf.constant(new int[] {0, 2, 1, 3}));
    return tf.reshape(byPosition, tf.constant(new int[] {-1, heads * headWidth}));
  }

  private Operand<TFloat32> attend(
      Operand<TFloat32> queries, Operand<TFloat32> keys, Operand<TFloat32> values) {
    List<Operand<TFloat32>> blocks = new ArrayList<>();
    for (int begin = 0; begin < positions; begin += QUERY_BLOCK) {
      int end = Math.min(begin + QUERY_BLOCK, positions);
      int seen = causal ? end : positions;
      Operand<TFloat32> scores =
          batchMatMul(rows(queries, begin, end), rows(keys, 0, seen), /* transposeY= */ true);
      Operand<TFloat32> weights =
          tf.nn.softmax(causal ? tf.math.add(scores, masks.get(blocks.size())) : scores);
      blocks.add(batchMatMul(weights, rows(values, 0, seen), /* transposeY= */ false));
    }
    return blocks.size() == 1 ? blocks.get(0) : tf.concat(blocks, tf.constant(2));
  }

  private Operand<TFloat32> rows(Operand<TFloat32> byHead, int begin, int end) {
    if (begin == 0 && end == positions) {
      return byHead;
    }
    return tf.slice(
        byHead,
        tf.constant(new int[] {0, 0, begin, 0}),
        tf.constant(new int[] {-1, -1, end - begin, -1}));
  }

  /** [end - begin, end]: 0 where the key is not after the query, far below 0 elsewhere. */
  private Operand<TFloat32> causalMask(int begin, int end) {
    Operand<TInt32> keys = tf.range(tf.constant(0), tf.constant(end), tf.constant(1));
    Operand<TInt32> queries = tf.range(tf.constant(begin), tf.constant(end), tf.constant(1));
    Operand<TBool> later = tf.math.greater(keys, tf.expandDims(queries, tf.constant(1)));
    return tf.math.mul(tf.dtypes.cast(later, TFloat32.class), tf.constant(MASKED));
  }

  private Operand<TFloat32> batchMatMul(
      Operand<TFloat32> x, Operand<TFloat32> y, boolean transposeY) {
    return BatchMatMul.v2(tf, x, y, transposeY);
  }
}
