package dev.pixelprobe.eval.report.section;

import dev.pixelprobe.eval.ConfusionMatrix;
import dev.pixelprobe.eval.report.page.Block;
import dev.pixelprobe.eval.report.page.Block.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;

/** Pictures that travel in the page. */
final class Pngs {
  private static final int SCALE = 6;
  private static final Color WRONG = new Color(0x0b, 0x62, 0xa8);
  private static final Color RIGHT = new Color(0x00, 0x79, 0x5a);

  private Pngs() {}

  static Picture inline(String alternative, byte[] png) {
    return new Picture(
        alternative, "data:image/png;base64," + Base64.getEncoder().encodeToString(png));
  }

  /** Many classes as a picture: a square for each pair, the more images the denser. */
  static Block.Pictures heatMap(ConfusionMatrix matrix) throws IOException {
    int classes = matrix.classes();
    BufferedImage image =
        new BufferedImage(SCALE * classes, SCALE * classes, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    for (int k = 0; k < classes; k++) {
      for (int l = 0; l < classes; l++) {
        graphics.setColor(ink(matrix, k, l));
        graphics.fillRect(SCALE * l, SCALE * k, SCALE, SCALE);
      }
    }
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    String alternative =
        "Confusion matrix of %d classes, %d of %d test images on its diagonal"
            .formatted(classes, matrix.correct(), matrix.total());
    return new Block.Pictures(
        "Test images by class (rows) and by what they were taken for (columns)",
        true,
        List.of(inline(alternative, png.toByteArray())));
  }

  private static Color ink(ConfusionMatrix matrix, int label, int predicted) {
    int images = 0;
    for (int l = 0; l < matrix.classes(); l++) {
      images += matrix.count(label, l);
    }
    double share = images == 0 ? 0 : (double) matrix.count(label, predicted) / images;
    int density = (int) Math.round(255 * Math.sqrt(share));
    Color ink = label == predicted ? RIGHT : WRONG;
    return new Color(ink.getRed(), ink.getGreen(), ink.getBlue(), density);
  }
}
