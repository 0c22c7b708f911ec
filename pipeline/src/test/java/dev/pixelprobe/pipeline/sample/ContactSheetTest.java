package dev.pixelprobe.pipeline.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.RgbImage;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContactSheetTest {
  private static final RgbImage RED_OVER_BLUE =
      RgbImage.wrap(2, 2, new byte[] {-1, 0, 0, -1, 0, 0, 0, 0, -1, 0, 0, -1});
  private static final RgbImage GREEN =
      RgbImage.wrap(2, 2, new byte[] {0, -1, 0, 0, -1, 0, 0, -1, 0, 0, -1, 0});

  @Test
  void everyPixelBecomesASquareOnWhite() {
    BufferedImage sheet =
        ContactSheet.of(List.of(List.of(RED_OVER_BLUE), List.of(GREEN), List.of(GREEN)), 2);

    // 2 x 2 pixels 48 times as large, two across and two down, 4 between and 16 around
    assertThat(sheet.getWidth()).isEqualTo(16 + 96 + 4 + 96 + 16);
    assertThat(sheet.getHeight()).isEqualTo(16 + 96 + 4 + 96 + 16);
    assertThat(rgb(sheet, 16, 16)).isEqualTo(0xff0000);
    assertThat(rgb(sheet, 16 + 95, 16 + 47)).isEqualTo(0xff0000);
    assertThat(rgb(sheet, 16, 16 + 48)).isEqualTo(0x0000ff);
    assertThat(rgb(sheet, 16 + 96, 16)).isEqualTo(0xffffff);
    assertThat(rgb(sheet, 16 + 100, 16)).isEqualTo(0x00ff00);
    assertThat(rgb(sheet, 16, 16 + 100)).isEqualTo(0x00ff00);
    assertThat(rgb(sheet, 16 + 100, 16 + 100)).isEqualTo(0xffffff);
  }

  @Test
  void stripsStandFurtherApartThanTheirImages() {
    List<RgbImage> strip = List.of(RED_OVER_BLUE, GREEN, RED_OVER_BLUE);
    BufferedImage sheet = ContactSheet.of(List.of(strip, strip), 4);

    assertThat(sheet.getWidth()).isEqualTo(16 + 296 + 16 + 296 + 16);
    assertThat(sheet.getHeight()).isEqualTo(16 + 96 + 16);
    assertThat(rgb(sheet, 16 + 100, 16)).isEqualTo(0x00ff00);
    assertThat(rgb(sheet, 16 + 296 + 15, 16)).isEqualTo(0xffffff);
    assertThat(rgb(sheet, 16 + 296 + 16, 16)).isEqualTo(0xff0000);
  }

  private static int rgb(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }
}
