package dev.pixelprobe.pipeline.palette;

import dev.pixelprobe.model.Resample;
import dev.pixelprobe.model.Resizer;
import dev.pixelprobe.model.RgbImage;
import java.io.Serializable;

/**
 * What is done to images before their colours are counted.
 *
 * @param nPx side of the square they are squeezed to; 0: they stay as they are
 */
public record Resizing(int nPx, Resample filter) implements Serializable {
  public static final Resizing NONE = new Resizing(0, Resample.BILINEAR);

  RgbImage apply(RgbImage image) {
    return nPx == 0 ? image : Resizer.resize(image, nPx, nPx, filter);
  }
}
