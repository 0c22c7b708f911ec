package dev.pixelprobe.model;

import java.util.Arrays;
import java.util.List;

/** What one forward pass over a batch of images gave. */
public final class ForwardPass {
  private final int images;
  private final List<float[]> features;
  private final float[] natsPerToken;

  ForwardPass(int images, List<float[]> features, float[] natsPerToken) {
    this.images = images;
    this.features = features;
    this.natsPerToken = natsPerToken;
  }

  public int images() {
    return images;
  }

  /**
   * One feature of all images.
   *
   * @param index position in the query's list of features
   * @return [images, n_embd], row-major
   */
  public float[] feature(int index) {
    return features.get(index);
  }

  /** One feature of one image, of width n_embd. */
  public float[] feature(int index, int image) {
    float[] all = features.get(index);
    int width = all.length / images;
    return Arrays.copyOfRange(all, image * width, (image + 1) * width);
  }

  /** Mean cross-entropy of each image [images], in nats; empty if the query did not ask for it. */
  public float[] natsPerToken() {
    return natsPerToken;
  }

  /**
   * What to compute.
   *
   * @param features in the order wanted; only the blocks below the deepest are computed
   * @param score also compute the nats per token, which needs every block; {@link InputReading#SOS}
   *     only
   */
  public record Query(List<LayerFeature> features, InputReading reading, boolean score) {
    public Query {
      features = List.copyOf(features);
      if (score && reading != InputReading.SOS) {
        throw new IllegalArgumentException("nats per token: expected the sos reading, got hf");
      }
    }
  }
}
