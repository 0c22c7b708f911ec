package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.RgbImage;
import java.util.Arrays;
import java.util.List;

/** A few small images of one size that travel with the pipeline. */
final class ImagesAtHand implements ImageList {
  private static final long serialVersionUID = 1;

  private final int height;
  private final int width;
  private final byte[] rgb;
  private final int size;

  private ImagesAtHand(int height, int width, byte[] rgb, int size) {
    this.height = height;
    this.width = width;
    this.rgb = rgb;
    this.size = size;
  }

  static ImagesAtHand of(List<RgbImage> images) {
    RgbImage any = images.get(0);
    int bytes = any.bytes().length;
    byte[] rgb = new byte[images.size() * bytes];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i).bytes(), 0, rgb, i * bytes, bytes);
    }
    return new ImagesAtHand(any.height(), any.width(), rgb, images.size());
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String nameOf(int number) {
    return "test image " + number;
  }

  @Override
  public ImageId idOf(int number) {
    return ImageId.inShard("images", Split.TEST, "at-hand", number);
  }

  @Override
  public void addTo(PlanDigest digest) {
    digest.add(Arrays.toString(rgb));
  }

  @Override
  public RgbImage read(int number) {
    int bytes = height * width * 3;
    return RgbImage.wrap(
        height, width, Arrays.copyOfRange(rgb, number * bytes, (number + 1) * bytes));
  }
}
