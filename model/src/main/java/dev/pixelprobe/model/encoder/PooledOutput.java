package dev.pixelprobe.model.encoder;

import dev.pixelprobe.model.InvalidInputException;
import java.util.Arrays;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** One output of a batch, a vector per image: rank 3 and 4 are averaged over their middle axes. */
final class PooledOutput {
  private final int dim;
  private final float[] values; // images x dim

  private PooledOutput(int dim, float[] values) {
    this.dim = dim;
    this.values = values;
  }

  /**
   * Pools [B, D], [B, N, D] or [B, H, W, D].
   *
   * @param name of the model and the output, for messages
   */
  static PooledOutput of(TFloat32 tensor, int images, String name) {
    Shape shape = tensor.shape();
    int rank = shape.numDimensions();
    if (rank < 2 || rank > 4 || shape.get(0) != images || shape.size() == 0) {
      throw new InvalidInputException(
          "%s: expected a vector per image as [%d, D], [%d, N, D] or [%d, H, W, D], got %s; choose others with --output"
              .formatted(name, images, images, images, shape));
    }
    float[] all = new float[Math.toIntExact(shape.size())];
    tensor.copyTo(NdArrays.wrap(shape, DataBuffers.of(all)));
    int dim = Math.toIntExact(shape.get(rank - 1));
    return new PooledOutput(dim, rank == 2 ? all : meanOverPlaces(all, images, dim));
  }

  private static float[] meanOverPlaces(float[] all, int images, int dim) {
    int places = all.length / images / dim;
    float[] means = new float[images * dim];
    double[] sum = new double[dim];
    for (int image = 0; image < images; image++) {
      Arrays.fill(sum, 0);
      for (int place = 0; place < places; place++) {
        int from = (image * places + place) * dim;
        for (int i = 0; i < dim; i++) {
          sum[i] += all[from + i];
        }
      }
      for (int i = 0; i < dim; i++) {
        means[image * dim + i] = (float) (sum[i] / places);
      }
    }
    return means;
  }

  int dim() {
    return dim;
  }

  /** Writes the vector of one image into {@code target} from {@code at} on. */
  void copyTo(int image, float[] target, int at) {
    System.arraycopy(values, image * dim, target, at, dim);
  }
}
