package dev.pixelprobe.pipeline.extract;

import dev.pixelprobe.model.Architecture;

/**
 * How many images go through the model at once: bounded by count and by the bytes of the largest
 * activations one image needs.
 */
public record BatchSize(int images, long bytes) {
  public static final BatchSize DEFAULT = new BatchSize(32, 1L << 30);

  public BatchSize {
    if (images < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "batch size: expected at least 1 image and 1 byte, got %d and %d"
              .formatted(images, bytes));
    }
  }

  public BatchSize withImages(int count) {
    return new BatchSize(count, bytes);
  }

  /** At least 1, whatever the bound in bytes. */
  public int imagesFor(Architecture architecture) {
    return (int) Math.max(1, Math.min(images, bytes / bytesPerImage(architecture)));
  }

  /**
   * Float32 activations that live at once: qkv, the MLP's inner layer twice, one block's scores.
   */
  private static long bytesPerImage(Architecture architecture) {
    long positions = architecture.positions();
    long perPosition =
        4L * architecture.nEmbd()
            + 2L * architecture.nInner()
            + architecture.nHead() * Math.min(positions, 128)
            + architecture.colours();
    return Float.BYTES * positions * perPosition;
  }
}
