package dev.pixelprobe.pipeline.sample;

import dev.pixelprobe.model.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Images as PNG files, 8 bits per channel. */
public final class Png {
  static {
    ImageIO.setUseCache(false);
  }

  private Png() {}

  /** One image as a file. */
  public static byte[] encode(RgbImage image) throws IOException {
    return encode(buffered(image));
  }

  static byte[] encode(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", bytes)) {
      throw new IllegalStateException("every Java platform writes PNG");
    }
    return bytes.toByteArray();
  }

  static BufferedImage buffered(RgbImage image) {
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        buffered.setRGB(
            x, y, (image.at(y, x, 0) << 16) | (image.at(y, x, 1) << 8) | image.at(y, x, 2));
      }
    }
    return buffered;
  }
}
