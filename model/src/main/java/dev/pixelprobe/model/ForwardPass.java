package dev.pixelprobe.model;

import java.util.ArrayList;
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

  /** One pass of the images of all, which answered the same query. */
  static ForwardPass joined(List<ForwardPass> passes) {
    if (passes.size() == 1) {
      return passes.get(0);
    }
    List<float[]> features = new ArrayList<>();
    for (int i = 0; i < passes.get(0).features.size(); i++) {
      int index = i;
      features.add(concatenated(passes.stream().map(pass -> pass.features.get(index)).toList()));
    }
    int images = passes.stream().mapToInt(ForwardPass::images).sum();
    float[] nats = concatenated(passes.stream().map(ForwardPass::natsPerToken).toList());
    return new ForwardPass(images, features, nats);
  }

  static float[] concatenated(List<float[]> values) {
    if (values.size() == 1) {
      return values.get(0);
    }
    float[] joined = new float[values.stream().mapToInt(value -> value.length).sum()];
    int next = 0;
    for (float[] value : values) {
      System.arraycopy(value, 0, joined, next, value.length);
      next += value.length;
    }
    return joined;
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
