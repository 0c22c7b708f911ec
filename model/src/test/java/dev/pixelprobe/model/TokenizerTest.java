package dev.pixelprobe.model;

import static dev.pixelprobe.model.Images.grey;
import static dev.pixelprobe.model.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.array.NpyArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenizerTest {
  private static final Palette BLACK_GREY_WHITE =
      Palette.of(new float[] {-1, -1, -1, 0, 0, 0, 1, 1, 1}, "test");

  @Test
  void eachPixelBecomesItsNearestColour() {
    // Grey 63 is at -0.506, nearer to black; 64 at -0.498, nearer to grey; 191 is 0.498, 192 0.506.
    RgbImage image = grey(1, 6, 0, 63, 64, 191, 192, 255);
    assertThat(new Tokenizer(BLACK_GREY_WHITE, 1, Resample.BOX).quantize(image))
        .isEqualTo(Tokens.wrap(new short[] {0, 0, 1, 1, 2, 2}));
  }

  @Test
  void theFirstOfEquallyNearColoursWins() {
    float[] twice = {0.5f, 0.5f, 0.5f, -0.25f, 0.5f, 0, 0.5f, 0.5f, 0.5f, -0.25f, 0.5f, 0};
    Tokens tokens = new Tokenizer(Palette.of(twice, "test"), 1, Resample.BOX).quantize(cube(4099));
    assertThat(IntStream.range(0, tokens.size()).map(tokens::get)).containsOnly(0, 1);
  }

  @Test
  void anImageIsSqueezedToASquareFirst() {
    RgbImage image = grey(2, 4, 0, 0, 255, 255, 0, 0, 255, 255);
    Tokenizer tokenizer = new Tokenizer(BLACK_GREY_WHITE, 2, Resample.BOX);
    assertThat(tokenizer.resize(image)).isEqualTo(grey(2, 2, 0, 255, 0, 255));
    assertThat(tokenizer.tokenize(image)).isEqualTo(Tokens.wrap(new short[] {0, 2, 0, 2}));
  }

  @Test
  void tokensBecomeTheirColoursAgain() {
    Tokenizer tokenizer = new Tokenizer(BLACK_GREY_WHITE, 2, Resample.BOX);
    RgbImage image = tokenizer.untokenize(Tokens.wrap(new short[] {0, 1, 2, 1}));
    assertThat(image).isEqualTo(grey(2, 2, 0, 128, 255, 128));
    assertThat(tokenizer.tokenize(image)).isEqualTo(Tokens.wrap(new short[] {0, 1, 2, 1}));
  }

  @Test
  void tokensThatAreNoImageOfThePaletteAreRefused() {
    Tokenizer tokenizer = new Tokenizer(BLACK_GREY_WHITE, 2, Resample.BOX);
    assertRefused(() -> tokenizer.untokenize(Tokens.wrap(new short[3])), "expected 4", "got 3");
    assertRefused(
        () -> tokenizer.untokenize(Tokens.wrap(new short[] {0, 1, 2, 3})),
        "expected 0..2, got 3 at position 3");
    assertRefused(
        () -> tokenizer.untokenize(Tokens.wrap(new short[] {-1, 0, 0, 0})), "got -1 at position 0");
  }

  @ParameterizedTest(name = "{0} random colours")
  @ValueSource(ints = {2, 3, 16, 512, 4096})
  void theCellsFindWhatTheTripleLoopFinds(int colours) {
    Random random = new Random(colours);
    float[] values = new float[colours * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    assertSameAsTripleLoop(Palette.of(values, "test"), 1 + 2_000 * colours);
  }

  /** Every colour has a copy one float32 step away, so that almost every pixel is a near tie. */
  @Test
  void nearTiesAreDecidedAsTheTripleLoopDecidesThem() {
    Random random = new Random(1);
    float[] values = new float[256 * 2 * 3];
    for (int i = 0; i < values.length / 2; i++) {
      values[i] = random.nextFloat() * 1.9f - 0.95f;
      values[i + values.length / 2] = random.nextBoolean() ? values[i] : Math.nextUp(values[i]);
    }
    assertSameAsTripleLoop(Palette.of(values, "test"), 257);
  }

  /** Colours at the pixels' own lattice: pixels half-way between two are true ties. */
  @Test
  void trueTiesAreDecidedAsTheTripleLoopDecidesThem() {
    float[] values = new float[9 * 9 * 9 * 3];
    for (int i = 0; i < 729; i++) {
      values[i * 3] = (i / 81 * 30) / 127.5f - 1;
      values[i * 3 + 1] = (i / 9 % 9 * 30) / 127.5f - 1;
      values[i * 3 + 2] = (i % 9 * 30) / 127.5f - 1;
    }
    assertSameAsTripleLoop(Palette.of(values, "test"), 257);
  }

  @Test
  void threadsShareATokenizer() {
    Palette palette = Palette.of(new float[] {-1, -1, -1, 0.1f, 0.2f, 0.3f, 1, 1, 1}, "test");
    Tokenizer shared = new Tokenizer(palette, 1, Resample.BOX);
    Tokens expected = new Tokenizer(palette, 1, Resample.BOX).quantize(cube(61));
    assertThat(IntStream.range(0, 8).parallel().mapToObj(i -> shared.quantize(cube(61))))
        .containsOnly(expected);
  }

  /** Whatever filter is named for cifar32_none_32, nothing is left for it to do. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "photo64_bilinear_32, BILINEAR, 32",
    "photo64_bilinear_48, BILINEAR, 48",
    "photo64_bicubic_32, BICUBIC, 32",
    "photo64_box_32, BOX, 32",
    "cifar32_bilinear_16, BILINEAR, 16",
    "cifar32_box_16, BOX, 16",
    "cifar32_none_32, BICUBIC, 32",
  })
  void realImagesGetTheReferencesTokens(String name, Resample filter, int nPx) throws IOException {
    Path folder = Golden.shared("golden/preprocess");
    Palette palette = Palette.read(Golden.shared("data/palette/kmeans_centers.npy"));
    Tokenizer tokenizer = new Tokenizer(palette, nPx, filter);
    int[] expected = NpyArray.read(folder.resolve(name + "_tokens.npy")).toInts();
    int at = 0;
    for (RgbImage image : Images.read(folder.resolve(name.replaceFirst("_.*", ".npy")))) {
      Tokens tokens = tokenizer.tokenize(image);
      for (int i = 0; i < tokens.size(); i++) {
        assertThat(tokens.get(i)).isEqualTo(expected[at++]);
      }
    }
    assertThat(at).isEqualTo(expected.length);
  }

  private static void assertSameAsTripleLoop(Palette palette, int step) {
    RgbImage image = cube(step);
    Tokens tokens = new Tokenizer(palette, 1, Resample.BOX).quantize(image);
    for (int x = 0; x < image.width(); x++) {
      int nearest = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int token = 0; token < palette.size(); token++) {
        double dr = image.at(0, x, 0) / 127.5 - 1 - palette.at(token, 0);
        double dg = image.at(0, x, 1) / 127.5 - 1 - palette.at(token, 1);
        double db = image.at(0, x, 2) / 127.5 - 1 - palette.at(token, 2);
        double distance = dr * dr + dg * dg + db * db;
        if (distance < least) {
          least = distance;
          nearest = token;
        }
      }
      if (tokens.get(x) != nearest) {
        assertThat(tokens.get(x)).as("pixel %d", x).isEqualTo(nearest);
      }
    }
  }

  /** Every {@code step}-th of the 2^24 colours, in one row. */
  private static RgbImage cube(int step) {
    int width = ((1 << 24) + step - 1) / step;
    byte[] rgb = new byte[width * 3];
    for (int x = 0; x < width; x++) {
      int colour = x * step;
      rgb[x * 3] = (byte) (colour >> 16);
      rgb[x * 3 + 1] = (byte) (colour >> 8);
      rgb[x * 3 + 2] = (byte) colour;
    }
    return RgbImage.wrap(1, width, rgb);
  }
}
