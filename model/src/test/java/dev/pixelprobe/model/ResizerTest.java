package dev.pixelprobe.model;

import static dev.pixelprobe.model.Images.grey;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResizerTest {
  @ParameterizedTest(name = "{0}")
  @EnumSource
  void aConstantImageStaysConstant(Resample filter) {
    for (int value : new int[] {0, 1, 128, 255}) {
      byte[] rgb = new byte[7 * 11 * 3];
      Arrays.fill(rgb, (byte) value);
      RgbImage resized = Resizer.resize(RgbImage.wrap(7, 11, rgb), 5, 23, filter);
      byte[] expected = new byte[5 * 23 * 3];
      Arrays.fill(expected, (byte) value);
      assertThat(resized).isEqualTo(RgbImage.wrap(5, 23, expected));
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void theSameSizeIsTheSameImage(Resample filter) {
    RgbImage image = noise(9, 14);
    assertThat(Resizer.resize(image, 9, 14, filter)).isEqualTo(image);
  }

  @Test
  void boxHalvesByTheMeanRoundedOncePerPass() {
    // Rows: (1 + 2) / 2 = 1.5 -> 2, (3 + 4) / 2 = 3.5 -> 4; then (2 + 4) / 2 = 3. The mean is 2.5.
    assertThat(Resizer.resize(grey(2, 2, 1, 2, 3, 4), 1, 1, Resample.BOX)).isEqualTo(grey(1, 1, 3));
  }

  @Test
  void boxRepeatsPixelsWhenItGrows() {
    assertThat(Resizer.resize(grey(1, 2, 10, 20), 1, 6, Resample.BOX))
        .isEqualTo(grey(1, 6, 10, 10, 10, 20, 20, 20));
  }

  @Test
  void bilinearHalvesByATriangleOfFourPixels() {
    // Target 1 of 8 -> 4 has its centre at 3: pixels 1..4 at -1.5, -0.5, 0.5, 1.5 weigh 1, 3, 3, 1
    // of 8: (0 + 3 * 80 + 3 * 40 + 200) / 8 = 70.
    RgbImage image = grey(1, 8, 0, 0, 80, 40, 200, 0, 0, 0);
    assertThat(Resizer.resize(image, 1, 4, Resample.BILINEAR).at(0, 1, 0)).isEqualTo(70);
  }

  @Test
  void bilinearKeepsALinearRampInside() {
    RgbImage ramp = grey(1, 8, 0, 16, 32, 48, 64, 80, 96, 112);
    // Target x has its centre at 2 x + 1, where the ramp through pixel centres is 16 (2 x + 0.5).
    RgbImage resized = Resizer.resize(ramp, 1, 4, Resample.BILINEAR);
    assertThat(resized.at(0, 1, 0)).isEqualTo(40);
    assertThat(resized.at(0, 2, 0)).isEqualTo(72);
  }

  @Test
  void bicubicDoublesWithKeysKernelAndClips() {
    // Target 3 of 4 -> 8 has its centre at 1.75: pixels 0..3 at -1.25, -0.25, 0.75, 1.75 weigh,
    // with
    // a = -1/2: -9/128, 111/128, 29/128, -3/128. All white but pixel 0 passes 255.
    RgbImage image = grey(1, 4, 0, 255, 255, 255);
    assertThat(Resizer.resize(image, 1, 8, Resample.BICUBIC).at(0, 3, 0)).isEqualTo(255);
    // 255 * (-9 + 29 - 3) / 128 = 33.87.
    RgbImage dark = grey(1, 4, 255, 0, 255, 255);
    assertThat(Resizer.resize(dark, 1, 8, Resample.BICUBIC).at(0, 3, 0)).isEqualTo(34);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void aMirroredImageIsMirroredWhenResized(Resample filter) {
    RgbImage image = noise(12, 20);
    assertThat(Resizer.resize(mirror(image), 8, 10, filter))
        .isEqualTo(mirror(Resizer.resize(image, 8, 10, filter)));
  }

  /** See README.md beside the files. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "grow",
        "shrink",
        "shrink3",
        "extreme",
        "contrast",
        "onepass",
        "pixel",
        "line",
        "topixel",
        "byone"
      })
  void syntheticImagesEqualPillows(String name) throws IOException {
    RgbImage image = Images.read(Golden.resource("resize/" + name + "_in.npy")).get(0);
    List<RgbImage> expected = Images.read(Golden.resource("resize/" + name + "_out.npy"));
    for (Resample filter : Resample.values()) {
      RgbImage pillows = expected.get(filter.pilCode() - Resample.BILINEAR.pilCode());
      assertThat(Resizer.resize(image, pillows.height(), pillows.width(), filter))
          .as(filter.toString())
          .isEqualTo(pillows);
    }
  }

  @ParameterizedTest(name = "{0} {1} to {2}")
  @CsvSource({
    "photo64, BILINEAR, 32",
    "photo64, BILINEAR, 48",
    "photo64, BICUBIC, 32",
    "photo64, BOX, 32",
    "cifar32, BILINEAR, 16",
    "cifar32, BOX, 16",
  })
  void realImagesEqualPillows(String name, Resample filter, int nPx) throws IOException {
    Path folder = Golden.shared("golden/preprocess");
    List<RgbImage> originals = Images.read(folder.resolve(name + ".npy"));
    List<RgbImage> expected =
        Images.read(folder.resolve("%s_%s_%d_rgb.npy".formatted(name, filter, nPx)));
    assertThat(expected).hasSameSizeAs(originals);
    for (int i = 0; i < originals.size(); i++) {
      assertThat(Resizer.resize(originals.get(i), nPx, nPx, filter)).isEqualTo(expected.get(i));
    }
  }

  private static RgbImage noise(int height, int width) {
    byte[] rgb = new byte[height * width * 3];
    new Random(1).nextBytes(rgb);
    return RgbImage.wrap(height, width, rgb);
  }

  private static RgbImage mirror(RgbImage image) {
    byte[] rgb = new byte[image.bytes().length];
    for (int y = 0; y < image.height(); y++) {
      for (int x = 0; x < image.width(); x++) {
        for (int channel = 0; channel < 3; channel++) {
          rgb[(y * image.width() + x) * 3 + channel] =
              (byte) image.at(y, image.width() - 1 - x, channel);
        }
      }
    }
    return RgbImage.wrap(image.height(), image.width(), rgb);
  }
}
