package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.encoder.EncoderInfo;
import dev.pixelprobe.model.encoder.ImageEncoder;
import dev.pixelprobe.model.inception.InceptionEncoder;
import dev.pixelprobe.model.inception.InceptionLookalike;
import dev.pixelprobe.model.inception.InceptionOutput;
import dev.pixelprobe.model.inception.InceptionResize;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.cli.Cli.Outcome;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.features.FeatureTable;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network of FID is an encoder like any other. */
final class InceptionExtractionTest {
  @TempDir static Path dir;

  private static Path model = Path.of("");

  @BeforeAll
  static void prepare() throws IOException {
    CifarFiles.write(dir.resolve("data"), 1, 3, 2);
    model =
        InceptionEncoder.prepare(
            InceptionLookalike.of(1).write(dir.resolve("graph.pb")), dir.resolve("cache"));
  }

  private static Outcome extract(String dataset, Path data, String... more) {
    Stream<Object> call =
        Stream.of("extract", "--model", model, "--dataset", dataset, "--data", data);
    Stream<Object> end = Stream.of("--", "--runner=DirectRunner");
    return Cli.run(Stream.of(call, Stream.of(more), end).flatMap(part -> part).toArray());
  }

  @Test
  void imagesEnterAtTheirOwnSizeUnlessAWayOfResizingIsNamed() throws IOException {
    Path data = dir.resolve("data");
    String own = dir.resolve("own").toString();
    String clean = dir.resolve("clean").toString();

    extract("cifar10", data, "--output", "2048", "--out", own).assertDone();
    extract(
            "cifar10",
            data,
            "--output",
            "2048",
            "--resample",
            "pil_bicubic",
            "--image-size",
            "299",
            "--out",
            clean)
        .assertDone();

    assertThat(FeatureReader.open(own).manifest().input()).startsWith("float original size");
    assertThat(FeatureReader.open(clean).manifest().input())
        .startsWith("float 299 x 299 pil_bicubic");
    assertFeatures(own, InceptionResize.TF1_BILINEAR);
    assertFeatures(clean, InceptionResize.PIL_BICUBIC);
  }

  /** CIFAR's pixels are few enough to stand beside the features as they are. */
  private static void assertFeatures(String set, InceptionResize resize) throws IOException {
    FeatureReader features = FeatureReader.open(set);
    List<RgbImage> images = images(features.pixels(Split.TEST));
    EncoderInfo info =
        InceptionEncoder.inspect(model, List.of(InceptionOutput.POOL_2048), resize, Precision.F32);
    float[] actual = features.features(Split.TEST, List.of("output_2048")).values();
    try (ImageEncoder encoder = ImageEncoder.open(info, 2)) {
      List<float[]> expected = encoder.run(images);
      assertThat(actual).hasSize(3 * 2048);
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i]).isEqualTo(expected.get(i / 2048)[i % 2048]);
      }
    }
  }

  private static List<RgbImage> images(FeatureTable pixels) {
    List<RgbImage> images = new ArrayList<>();
    for (int row = 0; row < pixels.rows(); row++) {
      byte[] rgb = new byte[pixels.width()];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = (byte) pixels.values()[row * rgb.length + i];
      }
      images.add(RgbImage.wrap(32, 32, rgb));
    }
    return images;
  }

  @Test
  void imagesOfSeveralSizesAreRefusedWhereTheyAreNotResized() throws IOException {
    Path folders = dir.resolve("folders");
    for (String name : List.of("train/cat", "train/dog", "test/cat", "test/dog")) {
      Path folder = Files.createDirectories(folders.resolve(name));
      for (int side : new int[] {16, 24}) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "png", folder.resolve(side + ".png").toFile());
      }
    }
    Path out = dir.resolve("several");

    extract("folders", folders, "--output", "64", "--out", out.toString())
        .assertRefused(2, "one size", "16 x 16 and 24 x 24", "way of resizing");
    assertThat(out).doesNotExist();
  }

  @Test
  void aSizeWithoutAWayOfResizingIsRefused() {
    Path out = dir.resolve("sized");

    extract("cifar10", dir.resolve("data"), "--image-size", "299", "--out", out.toString())
        .assertRefused(2, "no image size", "got 299", "--resample");
    extract("cifar10", dir.resolve("data"), "--resample", "sharp", "--out", out.toString())
        .assertRefused(2, "--resample", "sharp", "PIL_BICUBIC");
    assertThat(out).doesNotExist();
  }
}
