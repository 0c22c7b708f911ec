package dev.pixelprobe.model;

import static dev.pixelprobe.model.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.array.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaletteTest {
  private static final float[] TWO_COLOURS = {-1, 0, 1, 0.5f, -0.5f, 0.25f};

  @TempDir Path dir;

  /** 127.5 * (c + 1): 0, 127.5 (to even), 255; 191.25, 63.75, 159.375. */
  @Test
  void coloursScaleBackToBytesWithHalvesToEven() {
    Palette palette = Palette.of(TWO_COLOURS, "test");
    assertThat(palette.toRgb(0)).isEqualTo(0x0080ff);
    assertThat(palette.toRgb(1)).isEqualTo(0xbf409f);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(ints = {0, 1, 127, 128, 254, 255})
  void aPixelsOwnColourComesBack(int pixel) {
    float c = (float) (pixel / 127.5 - 1);
    Palette palette = Palette.of(new float[] {0, 0, 0, c, c, c}, "test");
    assertThat(palette.toRgb(1)).isEqualTo(pixel * 0x010101);
  }

  /** python3 -c "hashlib.sha256(np.array([...], '<f4').tobytes()).hexdigest()" */
  @Test
  void theDigestIsThatOfTheLittleEndianFloats() {
    assertThat(Palette.of(TWO_COLOURS, "test").digest())
        .isEqualTo("befd10679df25c8280f65878e3f7d51e18a2b3fc6e0a05bd33b8985b15f9b843");
  }

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    Palette palette = Palette.of(TWO_COLOURS, "test");
    palette.write(dir.resolve("palette.npy"));
    assertThat(Palette.read(dir.resolve("palette.npy"))).isEqualTo(palette);
    assertThat(NpyArray.read(dir.resolve("palette.npy"))).isEqualTo(NpyArray.of(TWO_COLOURS, 2, 3));
  }

  @ParameterizedTest(name = "({0}, {1})")
  @CsvSource({"4, 4", "6, 2", "12, 1"})
  void anArrayOfAnotherShapeIsRefused(int rows, int columns) throws IOException {
    Path file = dir.resolve("palette.npy");
    NpyArray.of(new float[rows * columns], rows, columns).write(file);
    assertRefused(
        () -> Palette.read(file),
        "palette %s: expected shape (K, 3), got (%d, %d); pass the RGB clusters"
            .formatted(file, rows, columns));
  }

  @ParameterizedTest(name = "{0} colours")
  @ValueSource(ints = {0, 1, 32_768, 40_000})
  void tooFewOrTooManyColoursAreRefused(int colours) throws IOException {
    Path file = dir.resolve("palette.npy");
    NpyArray.of(new float[colours * 3], colours, 3).write(file);
    assertRefused(() -> Palette.read(file), "expected 2..32767 colours");
  }

  @Test
  void asManyColoursAsATokenCanNameAreTaken() {
    assertThat(Palette.of(new float[32_767 * 3], "test").size()).isEqualTo(32_767);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(floats = {1.001f, -1.001f, 255, Float.NaN, Float.POSITIVE_INFINITY})
  void aValueOutsideTheCubeIsRefused(float value) {
    assertRefused(
        () -> Palette.of(new float[] {0, 0, 0, 0, 0, value}, "x.npy"),
        "palette x.npy: expected values in [-1, 1], got " + value + " at row 1");
  }
}
