package dev.pixelprobe.model;

import static dev.pixelprobe.model.Images.grey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.model.array.NpyArray;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FloatResizerTest {
  /** Half the distance of neighbouring float32 numbers up to 255, twice: one rounding per pass. */
  private static final float ROUNDING = 2 * Math.ulp(255f);

  private static RgbImage noise(int height, int width) {
    byte[] rgb = new byte[height * width * 3];
    new Random(1).nextBytes(rgb);
    return RgbImage.wrap(height, width, rgb);
  }

  /** The red channel of the only row. */
  private static float[] row(float[] rgb) {
    float[] red = new float[rgb.length / 3];
    for (int i = 0; i < red.length; i++) {
      red[i] = rgb[i * 3];
    }
    return red;
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {0, 1, 128, 255})
  void aConstantImageStaysConstant(int value) {
    int[] pixels = new int[7 * 11];
    Arrays.fill(pixels, value);
    RgbImage image = grey(7, 11, pixels);
    for (float[] resized :
        new float[][] {
          FloatResizer.pil(image, 5, 23, Resample.BICUBIC),
          FloatResizer.pytorchBilinear(image, 5, 23)
        }) {
      assertThat(resized).hasSize(5 * 23 * 3);
      for (float number : resized) {
        assertThat(number).isCloseTo(value, within(ROUNDING));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void theSameSizeIsTheSameImage(Resample filter) {
    RgbImage image = noise(9, 14);
    float[] expected = new float[9 * 14 * 3];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = image.bytes()[i] & 0xff;
    }
    assertThat(FloatResizer.pil(image, 9, 14, filter)).containsExactly(expected);
    assertThat(FloatResizer.pytorchBilinear(image, 9, 14)).containsExactly(expected);
  }

  @Test
  void bicubicDoublesWithKeysKernelUnroundedAndClipped() {
    // Target 3 of 4 -> 8 has its centre at 1.75: pixels 0..3 at -1.25, -0.25, 0.75, 1.75 weigh,
    // with a = -1/2: -9/128, 111/128, 29/128, -3/128.
    RgbImage dark = grey(1, 4, 255, 0, 255, 255);
    assertThat(row(FloatResizer.pil(dark, 1, 8, Resample.BICUBIC))[3]).isEqualTo(255 * 17 / 128f);
    RgbImage bright = grey(1, 4, 0, 255, 255, 255); // 255 * 137 / 128
    assertThat(row(FloatResizer.pil(bright, 1, 8, Resample.BICUBIC))[3]).isEqualTo(255);
    RgbImage edge = grey(1, 4, 255, 0, 0, 0); // 255 * -9 / 128
    assertThat(row(FloatResizer.pil(edge, 1, 8, Resample.BICUBIC))[3]).isEqualTo(0);
  }

  @Test
  void pilWidensItsFilterWhenItShrinks() {
    // Target 1 of 8 -> 4: pixels 1..4 weigh 1, 3, 3, 1 of 8; see ResizerTest, which rounds.
    RgbImage image = grey(1, 8, 0, 1, 80, 40, 200, 0, 0, 0);
    assertThat(row(FloatResizer.pil(image, 1, 4, Resample.BILINEAR))[1])
        .isEqualTo((1 + 3 * 80 + 3 * 40 + 200) / 8f);
  }

  @Test
  void pytorchReadsTwoPixelsHoweverMuchItShrinks() {
    // Centres of 8 -> 2 are 1.5 and 5.5.
    RgbImage image = grey(1, 8, 99, 10, 21, 99, 99, 30, 33, 99);
    assertThat(row(FloatResizer.pytorchBilinear(image, 1, 2))).containsExactly(15.5f, 31.5f);
  }

  @Test
  void pytorchKeepsALinearRampAndRepeatsItsEnds() {
    // 2 -> 8: target x has its centre at (x + 0.5) / 4 - 0.5, no further out than 0 and 1.
    assertThat(row(FloatResizer.pytorchBilinear(grey(1, 2, 0, 80), 1, 8)))
        .containsExactly(0, 0, 10, 30, 50, 70, 80, 80);
  }

  @ParameterizedTest(name = "{0} x {1}")
  @CsvSource({"7, 11", "43, 31"})
  void aSyntheticImageEqualsCleanFidsAndPytorchFids(int height, int width) throws IOException {
    RgbImage image = Images.read(Golden.resource("float-resize/image.npy")).get(0);

    assertThat(FloatResizer.pil(image, height, width, Resample.BICUBIC))
        .containsExactly(golden("pil_bicubic", height, width));
    // PyTorch rounds places below 32 to 2^-20 by other steps; a place moves a pixel by 255 at most.
    float places = 2 * 255 * 0x1p-20f;
    assertThat(FloatResizer.pytorchBilinear(image, height, width))
        .containsExactly(golden("pytorch_bilinear", height, width), within(places + ROUNDING));
  }

  private static float[] golden(String method, int height, int width) throws IOException {
    String name = "float-resize/%s_%dx%d.npy".formatted(method, height, width);
    NpyArray array = NpyArray.read(Golden.resource(name));
    array.shape().require("(%d, %d, 3)".formatted(height, width), name, "make it again");
    return array.toFloats();
  }
}
