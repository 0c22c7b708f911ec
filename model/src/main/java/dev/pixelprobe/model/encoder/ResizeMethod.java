package dev.pixelprobe.model.encoder;

import dev.pixelprobe.model.FloatResizer;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.model.Resizer;
import dev.pixelprobe.model.RgbImage;
import java.util.Locale;

/** How an image gets the size at which it enters an encoder. Scores depend on it: it has a name. */
public enum ResizeMethod {
  BILINEAR(Resample.BILINEAR, "PIL bilinear (antialiased, 8 bits)"),
  BICUBIC(Resample.BICUBIC, "PIL bicubic (antialiased, 8 bits)"),
  BOX(Resample.BOX, "PIL box (antialiased, 8 bits)"),
  /** clean-fid's; see {@link FloatResizer#pil}. */
  PIL_BICUBIC(Resample.BICUBIC, "PIL bicubic (antialiased, float32)") {
    @Override
    float[] floats(RgbImage image, int size) {
      return FloatResizer.pil(image, size, size, Resample.BICUBIC);
    }
  },
  /** pytorch-fid's; see {@link FloatResizer#pytorchBilinear}. */
  PYTORCH_BILINEAR(Resample.BILINEAR, "PyTorch bilinear (not antialiased, float32)") {
    @Override
    float[] floats(RgbImage image, int size) {
      return FloatResizer.pytorchBilinear(image, size, size);
    }
  },
  /** The graph takes any size. All images of a batch must have one. */
  NONE(Resample.BILINEAR, "not resized");

  private final Resample nearest;
  private final String description;

  ResizeMethod(Resample nearest, String description) {
    this.nearest = nearest;
    this.description = description;
  }

  /** PIL's to 8 bits. */
  public static ResizeMethod of(Resample filter) {
    return switch (filter) {
      case BILINEAR -> BILINEAR;
      case BICUBIC -> BICUBIC;
      case BOX -> BOX;
    };
  }

  /** In words, as scores are labelled. */
  public String description() {
    return description;
  }

  /** PIL's filter of this name, for whatever needs 8-bit pixels beside what the encoder reads. */
  Resample nearest() {
    return nearest;
  }

  /** Whether what enters is not of 8 bits, so that the encoder must take floats. */
  boolean isFloat() {
    return this == PIL_BICUBIC || this == PYTORCH_BILINEAR;
  }

  /** The square of 8-bit pixels, for those that make one. */
  RgbImage pixels(RgbImage image, int size) {
    return Resizer.resize(image, size, size, nearest);
  }

  /** The square of floats in 0..255, row-major, channels interleaved, for those that make one. */
  float[] floats(RgbImage image, int size) {
    throw new IllegalStateException(this + " gives 8-bit pixels");
  }

  /** The name as the command line spells it: bilinear, pil_bicubic, .. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
