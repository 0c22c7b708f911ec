package dev.pixelprobe.model.encoder;

import static dev.pixelprobe.model.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.model.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.DecodePng;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** Nets whose outputs are means of channels, so that every number has a closed form. */
class ImageEncoderTest {
  private static final Shape ANY_SIZE = Shape.of(-1, -1, -1, 3);
  private static final RgbImage TWO_PIXELS_SQUARE =
      RgbImage.wrap(2, 2, new byte[] {1, 2, 3, 5, 2, 3, 1, 6, 3, 5, 6, 7});

  /** The means of its channels. */
  private static final float[] MEANS = {3, 4, 4};

  @TempDir Path dir;

  private Path means(Shape shape) throws IOException {
    return TinyEncoder.write(
        dir.resolve("means"),
        TFloat32.class,
        shape,
        (tf, images, weights) ->
            Map.of(
                "vector", mean(tf, images, 1, 2),
                "rows", mean(tf, images, 1),
                "a.map/of:all", tf.identity(images),
                "brightness", mean(tf, images, 1, 2, 3),
                "count", tf.shape(images)));
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> images, int... axes) {
    return tf.math.mean(images, tf.constant(axes));
  }

  private static EncoderSettings outputs(String... names) {
    return new EncoderSettings(null, List.of(names), null, null, 1.0, null, null, null);
  }

  private static EncoderSettings sized(int size) {
    return new EncoderSettings(null, null, size, null, null, null, null, null);
  }

  private static List<float[]> run(Path model, EncoderSettings settings, RgbImage... images)
      throws IOException {
    EncoderInfo info = EncoderInspection.of(model, settings, Precision.F32);
    try (ImageEncoder encoder = ImageEncoder.open(info, 2)) {
      return encoder.run(List.of(images).stream().map(info.input()::prepare).toList());
    }
  }

  @Test
  void vectorsAreTakenAsTheyAreAndMapsAreAveraged() throws IOException {
    RgbImage black = RgbImage.wrap(2, 2, new byte[12]);
    EncoderSettings settings = outputs("vector", "a.map/of:all", "rows").orElse(sized(2));

    List<float[]> vectors = run(means(ANY_SIZE), settings, black, TWO_PIXELS_SQUARE);

    assertThat(vectors.get(0)).containsOnly(0).hasSize(9);
    assertThat(vectors.get(1)).containsExactly(3, 4, 4, 3, 4, 4, 3, 4, 4);
  }

  @Test
  void aFloatInputIsScaledThenStandardised() throws IOException {
    EncoderSettings settings =
        new EncoderSettings(
            null,
            List.of("vector"),
            null,
            null,
            0.5,
            List.of(1.5, 1.0, 0.0),
            List.of(1.0, 2.0, 4.0),
            null);

    // (mean of the channel * 0.5 - mean) / std
    assertThat(run(means(Shape.of(-1, 2, 2, 3)), settings, TWO_PIXELS_SQUARE).get(0))
        .containsExactly(0, 0.5f, 0.5f);
  }

  @Test
  void theScaleIsOneOver255UnlessSaid() throws IOException {
    EncoderSettings settings =
        new EncoderSettings(null, List.of("vector"), 2, null, null, null, null, null);

    float[] vector = run(means(ANY_SIZE), settings, RgbImage.wrap(2, 2, filled(12))).get(0);

    assertThat(vector).containsExactly(1, 1, 1);
  }

  private static byte[] filled(int size) {
    byte[] white = new byte[size];
    Arrays.fill(white, (byte) 255);
    return white;
  }

  @Test
  void imagesAreSqueezedToTheSizeOfTheGraph() throws IOException {
    RgbImage wide = RgbImage.wrap(1, 4, new byte[] {0, 0, 0, 2, 2, 2, 4, 4, 4, 6, 6, 6});
    EncoderSettings box =
        new EncoderSettings(
            null, List.of("a.map/of:all"), null, ResizeMethod.BOX, 1.0, null, null, null);

    assertThat(run(means(Shape.of(-1, 1, 1, 3)), box, wide).get(0)).containsExactly(3, 3, 3);
  }

  @Test
  void imagesMayBeResizedToFloatsAndThenScaled() throws IOException {
    RgbImage narrow = RgbImage.wrap(1, 2, new byte[] {0, 1, 2, 80, 41, 2});
    // Two pixels to four: 0, 1/4, 3/4 and all of the way, once per row.
    float[] firsts = {0, 20, 60, 80};
    TinyEncoder.Net<TFloat32> rows = (tf, images, weights) -> Map.of("rows", tf.identity(images));
    TinyEncoder.Net<TFloat32> planes =
        (tf, images, weights) ->
            Map.of("planes", tf.reshape(images, tf.constant(new int[] {-1, 3, 16})));
    EncoderSettings settings =
        new EncoderSettings(
            null, null, 4, ResizeMethod.PYTORCH_BILINEAR, 0.5, List.of(4.0, 0.0, 0.0), null, null);

    Path last = TinyEncoder.write(dir.resolve("last"), TFloat32.class, ANY_SIZE, rows);
    Path first =
        TinyEncoder.write(dir.resolve("first"), TFloat32.class, Shape.of(-1, 3, 4, 4), planes);

    // Means over all places: (0.5 * (0 + 20 + 60 + 80) / 4 - 4, 0.5 * 21, 0.5 * 2)
    assertThat(run(last, settings, narrow).get(0)).containsExactly(16, 10.5f, 1);
    float[] planesMean = run(first, settings, narrow).get(0);
    for (int i = 0; i < 16; i++) {
      float red = 0.5f * firsts[i % 4] - 4;
      float green = 0.5f * (1 + firsts[i % 4] / 2);
      assertThat(planesMean[i]).isCloseTo((red + green + 1) / 3, within(1e-6f));
    }
  }

  @Test
  void imagesMayEnterAtTheirOwnSize() throws IOException {
    EncoderSettings own =
        new EncoderSettings(
            null, List.of("vector"), null, ResizeMethod.NONE, 1.0, null, null, null);
    RgbImage wide = RgbImage.wrap(1, 3, new byte[] {0, 0, 0, 3, 0, 0, 6, 0, 9});

    assertThat(run(means(ANY_SIZE), own, wide, wide).get(1)).containsExactly(3, 0, 3);
    assertThat(run(means(ANY_SIZE), own, TWO_PIXELS_SQUARE).get(0)).containsExactly(MEANS);
    assertRefused(
        () -> run(means(ANY_SIZE), own, wide, TWO_PIXELS_SQUARE), "one size", "1 x 3 and 2 x 2");
  }

  @Test
  void aWayOfResizingThatDoesNotFitTheInputIsRefused() throws IOException {
    EncoderSettings own =
        new EncoderSettings(null, null, null, ResizeMethod.NONE, null, null, null, null);
    EncoderSettings floats =
        new EncoderSettings(null, null, null, ResizeMethod.PIL_BICUBIC, null, null, null, null);
    Path bytes =
        TinyEncoder.write(
            dir.resolve("bytes"),
            TUint8.class,
            Shape.of(-1, 2, 2, 3),
            (tf, images, weights) -> Map.of("y", tf.dtypes.cast(images, TFloat32.class)));

    RgbImage image = TWO_PIXELS_SQUARE;
    assertRefused(() -> run(means(Shape.of(-1, 2, 2, 3)), own, image), "images of any size");
    assertRefused(() -> run(means(ANY_SIZE), own.orElse(sized(2)), image), "--image-size", "got 2");
    assertRefused(() -> run(bytes, floats, image), "8-bit pixels", "got pil_bicubic");
  }

  @Test
  void channelsFirstAreRecognisedByTheirShapeOrByTheSettings() throws IOException {
    TinyEncoder.Net<TFloat32> net =
        (tf, images, weights) -> Map.of("vector", mean(tf, images, 2, 3));
    Path told = TinyEncoder.write(dir.resolve("told"), TFloat32.class, Shape.of(-1, 3, 2, 2), net);
    Path silent =
        TinyEncoder.write(dir.resolve("silent"), TFloat32.class, Shape.of(-1, -1, -1, -1), net);
    EncoderSettings said = new EncoderSettings(null, null, 2, null, null, null, null, true);

    assertThat(run(told, outputs("vector"), TWO_PIXELS_SQUARE).get(0)).containsExactly(MEANS);
    assertThat(run(silent, outputs("vector").orElse(said), TWO_PIXELS_SQUARE).get(0))
        .containsExactly(MEANS);
  }

  @Test
  void bytesOfPixelsEnterAsTheyAre() throws IOException {
    Path model =
        TinyEncoder.write(
            dir.resolve("uint8"),
            TUint8.class,
            Shape.of(-1, 2, 2, 3),
            (tf, images, weights) ->
                Map.of("vector", mean(tf, tf.dtypes.cast(images, TFloat32.class), 1, 2)));

    assertThat(run(model, EncoderSettings.NONE, TWO_PIXELS_SQUARE).get(0)).containsExactly(MEANS);
    EncoderSettings scaled = outputs("vector");
    assertRefused(() -> run(model, scaled, TWO_PIXELS_SQUARE), "no scale, mean or std", "uint8");
  }

  @Test
  void encodedImagesArePngOfTheOriginalOrTheResizedPixels() throws IOException {
    // Bytes 16 to 23 of a PNG are its width and height.
    TinyEncoder.Net<TString> size =
        (tf, files, weights) -> {
          Operand<TString> flat = tf.reshape(files, tf.constant(new int[] {-1}));
          Operand<TString> header = tf.strings.substr(flat, tf.constant(16), tf.constant(8));
          return Map.of(
              "size", tf.dtypes.cast(tf.io.decodeRaw(header, TUint8.class), TFloat32.class));
        };
    Path row = TinyEncoder.write(dir.resolve("row"), TString.class, Shape.of(-1), size);
    Path column = TinyEncoder.write(dir.resolve("column"), TString.class, Shape.of(-1, 1), size);
    RgbImage wide = RgbImage.wrap(1, 4, new byte[12]);

    for (Path model : List.of(row, column)) {
      List<float[]> original = run(model, EncoderSettings.NONE, wide, TWO_PIXELS_SQUARE);
      assertThat(original.get(0)).containsExactly(0, 0, 0, 4, 0, 0, 0, 1);
      assertThat(original.get(1)).containsExactly(0, 0, 0, 2, 0, 0, 0, 2);
      assertThat(run(model, sized(7), wide).get(0)).containsExactly(0, 0, 0, 7, 0, 0, 0, 7);
    }
    assertRefused(() -> run(row, outputs("size"), wide), "no scale, mean or std", "encoded");
  }

  @Test
  void aPngHoldsThePixelsThemselves() throws IOException {
    Path model =
        TinyEncoder.write(
            dir.resolve("png"),
            TString.class,
            Shape.of(-1),
            (tf, files, weights) -> {
              Operand<TString> only = tf.reshape(files, tf.constant(new int[0]));
              Operand<TUint8> pixels =
                  tf.image.decodePng(only, TUint8.class, DecodePng.channels(3L));
              Operand<TFloat32> mean =
                  tf.math.mean(
                      tf.dtypes.cast(pixels, TFloat32.class), tf.constant(new int[] {0, 1}));
              return Map.of("mean", tf.reshape(mean, tf.constant(new int[] {1, 3})));
            });

    assertThat(run(model, EncoderSettings.NONE, TWO_PIXELS_SQUARE).get(0)).containsExactly(MEANS);
  }

  @Test
  void settingsComeFromTheFileBesideTheModelUnlessSaid() throws IOException {
    Path model = means(ANY_SIZE);
    Files.writeString(
        model.resolve(EncoderSettings.FILE),
        """
        {"output": "vector", "image_size": 2, "resample": "bicubic", "scale": 2, "mean": 1}""");

    ImageInput read = EncoderInspection.of(model, EncoderSettings.NONE, Precision.F32).input();
    assertThat(read.describe())
        .isEqualTo("float 2 x 2 bicubic (pixel * 2.0 - [1.0, 1.0, 1.0]) / [1.0, 1.0, 1.0]");
    EncoderInfo said = EncoderInspection.of(model, sized(5), Precision.F32);
    assertThat(said.input().size()).isEqualTo(5);
    assertThat(said.input().resample()).isEqualTo(Resample.BICUBIC);

    Files.writeString(model.resolve(EncoderSettings.FILE), "{\"resample\": \"pil_bicubic\"}");
    assertThat(
            EncoderInspection.of(model, outputs("vector").orElse(sized(5)), Precision.F32)
                .input()
                .describe())
        .startsWith("float 5 x 5 pil_bicubic (");

    for (String wrong : List.of("{\"size\": 2}", "{\"scale\": \"x\"}", "[]", "{", "{} {}")) {
      Files.writeString(model.resolve(EncoderSettings.FILE), wrong);
      assertRefused(
          () -> EncoderInspection.of(model, EncoderSettings.NONE, Precision.F32),
          EncoderSettings.FILE,
          "image_size");
    }
  }

  @Test
  void theDigestCoversWeightsSizeAndScaling() throws IOException {
    Path model = means(ANY_SIZE);
    EncoderSettings settings = outputs("vector").orElse(sized(2));
    String digest = EncoderInspection.of(model, settings, Precision.F32).digest();

    assertThat(EncoderInspection.of(model, settings, Precision.F32).digest()).isEqualTo(digest);
    assertThat(EncoderInspection.of(model, sized(3).orElse(settings), Precision.F32).digest())
        .isNotEqualTo(digest);
    Files.createDirectories(model.resolve("assets"));
    Files.writeString(model.resolve("assets/vocabulary.txt"), "cat");
    assertThat(EncoderInspection.of(model, settings, Precision.F32).digest()).isNotEqualTo(digest);
  }

  @Test
  void whatCannotBeCalledIsRefusedWithWhatThereIs() throws IOException {
    Path model = means(ANY_SIZE);
    RgbImage image = TWO_PIXELS_SQUARE;
    EncoderSettings signature =
        new EncoderSettings("encode", null, 2, null, null, null, null, null);

    assertRefused(() -> run(model, outputs("vector"), image), "--image-size", EncoderSettings.FILE);
    assertRefused(() -> run(model, signature, image), "[serving_default]", "got encode");
    assertRefused(
        () -> run(model, outputs("logits").orElse(sized(2)), image),
        "a.map/of:all (float",
        "count (int32",
        "got logits");
    assertRefused(
        () -> run(model, outputs("count").orElse(sized(2)), image), "float32 outputs", "got count");
    assertRefused(() -> run(model, sized(2), image), "output brightness", "[1, N, D]", "got [1]");
    assertRefused(() -> run(dir, sized(2), image), "saved_model.pb");
    Files.write(model.resolve("saved_model.pb"), new byte[] {1, 2, 3});
    assertRefused(() -> run(model, sized(2), image), "whole SavedModel");
  }

  @Test
  void anInputThatIsNoImageIsRefused() throws IOException {
    Path numbers =
        TinyEncoder.write(
            dir.resolve("numbers"),
            TInt32.class,
            Shape.of(-1, 4),
            (tf, ids, weights) -> Map.of("y", tf.dtypes.cast(ids, TFloat32.class)));
    Path grey =
        TinyEncoder.write(
            dir.resolve("grey"),
            TFloat32.class,
            Shape.of(-1, 2, 2, 1),
            (tf, images, weights) -> Map.of("y", mean(tf, images, 1, 2)));

    assertRefused(() -> run(numbers, EncoderSettings.NONE, TWO_PIXELS_SQUARE), "got int32 [-1, 4]");
    assertRefused(
        () -> run(grey, EncoderSettings.NONE, TWO_PIXELS_SQUARE), "got float [-1, 2, 2, 1]");
  }
}
