package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Small encoded images for tests. */
final class Pictures {
  private Pictures() {}

  /** A PNG of one colour, which it keeps exactly. */
  static byte[] png(int height, int width, int shade) throws IOException {
    return encode("png", image(height, width, shade));
  }

  static byte[] jpeg(int height, int width, int shade) throws IOException {
    return encode("jpg", image(height, width, shade));
  }

  static RgbImage rgb(int height, int width, int shade) {
    byte[] rgb = new byte[height * width * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) shade;
      rgb[i + 1] = (byte) (shade / 2);
    }
    return RgbImage.wrap(height, width, rgb);
  }

  static byte[] encode(String format, BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (!ImageIO.write(image, format, out)) {
      throw new IOException("no writer of " + format + " for " + image);
    }
    return out.toByteArray();
  }

  private static BufferedImage image(int height, int width, int shade) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, shade << 16 | (shade / 2) << 8);
      }
    }
    return image;
  }
}
