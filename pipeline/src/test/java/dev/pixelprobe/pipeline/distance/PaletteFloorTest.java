package dev.pixelprobe.pipeline.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.eval.Matrix;
import dev.pixelprobe.eval.distance.Distance;
import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.eval.distance.Features;
import dev.pixelprobe.eval.distance.FrechetDistance;
import dev.pixelprobe.eval.distance.GenerativeMetrics;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.SavedModelWriter;
import dev.pixelprobe.model.Tokenizer;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.checkpoint.BundledModels;
import dev.pixelprobe.model.encoder.EncoderSettings;
import dev.pixelprobe.pipeline.TinyEncoder;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.extract.BatchSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PaletteFloorTest {
  private static final int N = 30;
  private static final int PX = 9;

  @TempDir static Path dir;

  private static Path gpt = Path.of("");
  private static byte[] pixels = new byte[N * PX * PX * 3];

  @BeforeAll
  static void writeInputs() throws IOException {
    gpt = TinyModel.write(dir.resolve("gpt"));
    TinyEncoder.floats(dir.resolve("encoder"));
    Random random = new Random(5);
    for (int i = 0; i < N; i++) {
      int tint = random.nextInt(200);
      for (int j = 0; j < PX * PX * 3; j++) {
        pixels[i * PX * PX * 3 + j] = (byte) (tint + random.nextInt(56));
      }
    }
    NpyArray.of(pixels, N, PX, PX, 3).write(dir.resolve("x.npy"));
  }

  @Test
  void onlyTheColoursDiffer() throws IOException {
    ModelInfo info = ModelInfo.read(gpt);
    Palette palette = info.palette(gpt);
    EncoderSettings settings = new EncoderSettings(null, null, 8, null, 1.0, null, null, null);
    Extractor mean =
        Extractors.ofSavedModel(
            dir.resolve("encoder").toString(), settings, "mean", Precision.F32, palette);
    PaletteFloor floor = PaletteFloor.of(gpt.toString());
    Summarizing real =
        new Summarizing(
            ImageSet.of(dir.resolve("x.npy").toString()), mean, new Draw(5, 0), BatchSize.DEFAULT);

    FeatureSummary resized = Runs.direct(floor.resized(real));
    FeatureSummary quantized = Runs.direct(floor.quantized(real));
    Distance distance =
        floor.between(resized, quantized, new GenerativeMetrics.Options(mean.label(), 0));

    Tokenizer tokenizer = info.tokenizer(gpt);
    Tokenizer to8 = new Tokenizer(palette, 8, Resample.BILINEAR);
    FeatureSummary expectedResized = means(image -> to8.resize(tokenizer.resize(image)));
    FeatureSummary expectedQuantized =
        means(image -> to8.resize(tokenizer.untokenize(tokenizer.tokenize(image))));
    double expected = FrechetDistance.between(expectedResized.stats(), expectedQuantized.stats());
    assertThat(expected).isGreaterThan(1);
    // float32 means of bytes: 2e-7 relative each.
    assertThat(distance.value()).isCloseTo(expected, within(1e-5 * expected));
    assertThat(distance.nReal()).isEqualTo(N);
    assertThat(distance.nFake()).isEqualTo(N);
    assertThat(distance.warnings())
        .containsExactly("real images in the 6 colours of igpt-tiny at 4 px (PIL box)");
    assertThat(floor.isZeroFor(mean)).isFalse();
  }

  /** Of each image the mean of each channel. */
  private static FeatureSummary means(UnaryOperator<RgbImage> rendering) {
    float[] means = new float[N * 3];
    int bytes = PX * PX * 3;
    for (int i = 0; i < N; i++) {
      byte[] rgb = Arrays.copyOfRange(pixels, i * bytes, (i + 1) * bytes);
      RgbImage image = rendering.apply(RgbImage.wrap(PX, PX, rgb));
      double[] sums = new double[3];
      for (int j = 0; j < image.bytes().length; j++) {
        sums[j % 3] += image.bytes()[j] & 0xff;
      }
      for (int c = 0; c < 3; c++) {
        means[i * 3 + c] = (float) (sums[c] / (image.height() * image.width()));
      }
    }
    return FeatureSummary.of(Features.of("means", Matrix.wrap(means, N, 3)));
  }

  @Test
  void itIsZeroForAnExtractorThatReadsTheseColoursAnyway() throws IOException {
    Extractor own = Extractors.ofImageGpt(gpt.toString(), null, Precision.F32);
    Path other = dir.resolve("other");
    SavedModelWriter.write(
        "other",
        TinyModel.ARCHITECTURE,
        (name, shape) -> new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)],
        Optional.of(Palette.of(new float[18], "black")),
        Resample.BOX,
        other);

    assertThat(PaletteFloor.of(gpt.toString()).isZeroFor(own)).isTrue();
    assertThat(PaletteFloor.of(other.toString()).isZeroFor(own)).isFalse();
  }

  /** Why it is zero: the colour of a token, as bytes, is nearest to that token. */
  @Test
  void quantisingTwiceIsQuantisingOnce() throws IOException {
    Path bundled = dir.resolve("bundled");
    BundledModels.install(BundledModels.IGPT_XS_16PX, bundled);
    Tokenizer tokenizer = ModelInfo.read(bundled).tokenizer(bundled);
    for (int half = 0; half < 2; half++) {
      short[] tokens = new short[256];
      for (int i = 0; i < tokens.length; i++) {
        tokens[i] = (short) (256 * half + i);
      }
      RgbImage image = tokenizer.untokenize(Tokens.wrap(tokens));

      assertThat(tokenizer.tokenize(image).toArray()).isEqualTo(tokens);
    }
  }
}
