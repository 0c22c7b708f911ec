package dev.pixelprobe.pipeline.sample;

import dev.pixelprobe.model.RgbImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** Many small images on one, each pixel enlarged to a square. */
final class ContactSheet {
  /** Pixels that an enlarged image's side comes near to. */
  private static final int SIDE = 96;

  private static final int GAP = 4;
  private static final int WIDE_GAP = 16;

  private ContactSheet() {}

  /**
   * Draws the sheet.
   *
   * @param strips images that belong together, left to right; all strips of one length, all images
   *     of one size
   * @param columns strips in a row
   */
  static BufferedImage of(List<List<RgbImage>> strips, int columns) {
    RgbImage any = strips.get(0).get(0);
    int factor = Math.max(1, SIDE / any.width());
    int width = any.width() * factor;
    int height = any.height() * factor;
    int gap = strips.get(0).size() == 1 ? GAP : WIDE_GAP;
    int stripWidth = strips.get(0).size() * (width + GAP) - GAP;
    int across = Math.min(columns, strips.size());
    int down = (strips.size() + columns - 1) / columns;
    BufferedImage sheet =
        new BufferedImage(
            across * (stripWidth + gap) - gap + 2 * WIDE_GAP,
            down * (height + GAP) - GAP + 2 * WIDE_GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = sheet.createGraphics();
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    for (int strip = 0; strip < strips.size(); strip++) {
      int x = WIDE_GAP + strip % columns * (stripWidth + gap);
      int y = WIDE_GAP + strip / columns * (height + GAP);
      for (RgbImage image : strips.get(strip)) {
        canvas.drawImage(Png.buffered(image), x, y, width, height, null);
        x += width + GAP;
      }
    }
    canvas.dispose();
    return sheet;
  }
}
