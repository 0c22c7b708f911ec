package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.RgbImage;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The stored sample values of a decoded image. {@link BufferedImage#getRGB} would brighten grey
 * images: Java takes their values for linear light.
 */
final class Samples {
  private Samples() {}

  static RgbImage rgb(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    byte[] rgb =
        image.getColorModel() instanceof IndexColorModel palette
            ? lookUp(image.getRaster(), palette)
            : scale(image.getRaster(), image.getColorModel().getComponentSize(0));
    return RgbImage.wrap(height, width, rgb);
  }

  private static byte[] lookUp(Raster raster, IndexColorModel palette) {
    byte[] rgb = new byte[raster.getHeight() * raster.getWidth() * 3];
    int next = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        int index = raster.getSample(x, y, 0);
        rgb[next++] = (byte) palette.getRed(index);
        rgb[next++] = (byte) palette.getGreen(index);
        rgb[next++] = (byte) palette.getBlue(index);
      }
    }
    return rgb;
  }

  /** One or two bands are grey (and alpha), three or four are RGB (and alpha). */
  private static byte[] scale(Raster raster, int bits) {
    int bands = raster.getNumBands();
    int greatest = (1 << bits) - 1;
    byte[] rgb = new byte[raster.getHeight() * raster.getWidth() * 3];
    int[] row = new int[raster.getWidth() * bands];
    int next = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, raster.getWidth(), 1, row);
      for (int x = 0; x < raster.getWidth(); x++) {
        for (int channel = 0; channel < 3; channel++) {
          int sample = row[x * bands + (bands < 3 ? 0 : channel)];
          rgb[next++] = (byte) ((sample * 255 + greatest / 2) / greatest);
        }
      }
    }
    return rgb;
  }
}
