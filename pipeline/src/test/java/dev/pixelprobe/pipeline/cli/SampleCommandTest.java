package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.pipeline.TinyModel;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Features;

/** {@code sample}, on a model that was never trained. */
final class SampleCommandTest {
  private static final Set<Integer> PALETTE =
      Set.of(0x000000, 0xffffff, 0xff0000, 0x00ff00, 0x0000ff, 0x808080);

  @TempDir static Path dir;
  private static Path model = Path.of("");

  @BeforeAll
  static void writeModel() throws IOException {
    model = TinyModel.write(dir.resolve("model"));
  }

  @Test
  void anImageIsTheSameFileWhateverTheCountTheBatchAndTheRunner() throws IOException {
    Map<String, byte[]> five = samples("five", "--count", 5);

    assertThat(five.keySet())
        .containsExactly(
            "sample-00000.png",
            "sample-00001.png",
            "sample-00002.png",
            "sample-00003.png",
            "sample-00004.png");
    assertThat(samples("batches", "--count", 5, "--batch-size", 2)).containsExactlyEntriesOf(five);
    assertThat(samples("direct", "--count", 5, "--", "--runner=DirectRunner"))
        .containsExactlyEntriesOf(five);
    Map<String, byte[]> seven =
        samples("seven", "--count", 7, "--batch-size", 3, "--", "--parallelism=1");
    assertThat(seven).hasSize(7).containsAllEntriesOf(five);
    assertThat(samples("seed", "--count", 5, "--seed", 1))
        .doesNotContainEntry("sample-00000.png", five.get("sample-00000.png"));
  }

  @Test
  void theFolderSaysHowItWasMade() throws IOException {
    Path out = dir.resolve("described");
    Cli.Outcome outcome =
        sample(out, "--count", 3, "--top-k", 2, "--top-p", 0.9, "--temperature", 0.5, "--seed", -4)
            .assertDone();

    assertThat(outcome.out()).startsWith(out + ": 3 samples of 4 x 4 pixels in ");
    try (Stream<Path> files = Files.list(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "contact-sheet.png",
              "samples.json",
              "sample-00000.png",
              "sample-00001.png",
              "sample-00002.png");
    }
    JsonNode json = Cli.json(out.resolve("samples.json"));
    assertThat(json.get("schema").asText()).isEqualTo("pixelprobe/samples/1");
    assertThat(json.get("count").asInt()).isEqualTo(3);
    assertThat(json.get("n_px").asInt()).isEqualTo(4);
    assertThat(json.get("format").asText()).isEqualTo("png");
    assertThat(json.get("seed").asInt()).isEqualTo(-4);
    assertThat(json.get("temperature").asDouble()).isEqualTo(0.5);
    assertThat(json.get("top_k").asInt()).isEqualTo(2);
    assertThat(json.get("top_p").asDouble()).isEqualTo(0.9);
    assertThat(json.get("model").get("name").asText()).isEqualTo("igpt-tiny");
    assertThat(json.get("model").get("digest").asText()).isEqualTo(ModelInfo.read(model).digest());
    assertThat(json.has("prime")).isFalse();
    double tokens = json.get("seconds").asDouble() * json.get("tokens_per_second").asDouble();
    assertThat(Math.round(tokens)).isEqualTo(3 * 16);
  }

  @Test
  void pixelsHaveThePalettesColoursAndTheSheetShowsThem() throws IOException {
    Path out = dir.resolve("colours");
    sample(out, "--count", 9).assertDone();
    BufferedImage sheet = ImageIO.read(out.resolve("contact-sheet.png").toFile());

    for (int index = 0; index < 9; index++) {
      BufferedImage image = ImageIO.read(out.resolve("sample-0000" + index + ".png").toFile());
      assertThat(image.getWidth()).isEqualTo(4);
      assertThat(image.getHeight()).isEqualTo(4);
      for (int pixel = 0; pixel < 16; pixel++) {
        int colour = image.getRGB(pixel % 4, pixel / 4) & 0xffffff;
        assertThat(PALETTE).contains(colour);
        int x = 16 + index % 8 * 100 + pixel % 4 * 24;
        int y = 16 + index / 8 * 100 + pixel / 4 * 24;
        assertThat(sheet.getRGB(x, y) & 0xffffff).isEqualTo(colour);
      }
    }
  }

  @Test
  void tfRecordsHoldTheSameImages() throws IOException {
    Map<String, byte[]> files = samples("files", "--count", 6);
    Path out = dir.resolve("records");
    sample(out, "--count", 6, "--format", "tfrecord").assertDone();

    Map<String, byte[]> records = new TreeMap<>();
    ByteBuffer shard =
        ByteBuffer.wrap(Files.readAllBytes(out.resolve("samples-00000-of-00001.tfrecord")))
            .order(ByteOrder.LITTLE_ENDIAN);
    while (shard.hasRemaining()) {
      byte[] record = new byte[(int) shard.getLong()];
      shard.getInt();
      shard.get(record);
      shard.getInt();
      Features features = Example.parseFrom(record).getFeatures();
      assertThat(
              features.getFeatureOrThrow("image/format").getBytesList().getValue(0).toStringUtf8())
          .isEqualTo("png");
      long index = features.getFeatureOrThrow("image/index").getInt64List().getValue(0);
      records.put(
          "sample-%05d.png".formatted(index),
          features.getFeatureOrThrow("image/encoded").getBytesList().getValue(0).toByteArray());
    }
    assertThat(records).containsExactlyEntriesOf(files);
    try (Stream<Path> left = Files.list(out)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "contact-sheet.png", "samples.json", "samples-00000-of-00001.tfrecord");
    }
  }

  @Test
  void completionsKeepTheRowsGivenAndTheSheetShowsAllThree() throws IOException {
    byte[] pixels = new byte[2 * 4 * 4 * 3];
    for (int channel = 0; channel < pixels.length; channel += 3) {
      pixels[channel] = -1;
    }
    NpyArray.of(pixels, 2, 4, 4, 3).write(dir.resolve("red.npy"));
    Path out = dir.resolve("completed");
    Cli.Outcome outcome =
        sample(out, "--prime", dir.resolve("red.npy"), "--prime-rows", 1).assertDone();

    assertThat(outcome.out()).startsWith(out + ": 2 completions of 4 x 4 pixels in ");
    BufferedImage image = ImageIO.read(out.resolve("sample-00001.png").toFile());
    for (int x = 0; x < 4; x++) {
      assertThat(image.getRGB(x, 0) & 0xffffff).isEqualTo(0xff0000);
    }
    assertThat(colours(image)).hasSizeGreaterThan(1);
    BufferedImage sheet = ImageIO.read(out.resolve("contact-sheet.png").toFile());
    assertThat(sheet.getRGB(16, 16 + 95) & 0xffffff).isEqualTo(0x808080);
    assertThat(sheet.getRGB(16 + 100, 16) & 0xffffff).isEqualTo(0xff0000);
    assertThat(sheet.getRGB(16 + 200, 16 + 95) & 0xffffff).isEqualTo(0xff0000);
    JsonNode prime = Cli.json(out.resolve("samples.json")).get("prime");
    assertThat(prime.get("images").asInt()).isEqualTo(2);
    assertThat(prime.get("rows").asInt()).isEqualTo(1);
  }

  @Test
  void imagesOfAnotherSizeAreResizedWhereThatIsWished() throws IOException {
    byte[] pixels = new byte[9 * 5 * 3];
    new Random(2).nextBytes(pixels);
    NpyArray.of(pixels, 1, 9, 5, 3).write(dir.resolve("wide.npy"));

    assertThat(samples("resized", "--prime", dir.resolve("wide.npy"), "--resize", "--count", 3))
        .hasSize(3);
  }

  private static Set<Integer> colours(BufferedImage image) {
    int[] pixels = image.getRGB(0, 0, 4, 4, null, 0, 4);
    return Arrays.stream(pixels).boxed().collect(Collectors.toSet());
  }

  private static Map<String, byte[]> samples(String name, Object... arguments) throws IOException {
    Path out = dir.resolve(name);
    sample(out, arguments).assertDone();
    Map<String, byte[]> samples = new TreeMap<>();
    try (Stream<Path> files = Files.list(out)) {
      for (Path file : files.toList()) {
        String fileName = file.getFileName().toString();
        if (fileName.startsWith("sample-")) {
          samples.put(fileName, Files.readAllBytes(file));
          assertThat(ImageIO.read(new ByteArrayInputStream(samples.get(fileName)))).isNotNull();
        }
      }
    }
    return samples;
  }

  private static Cli.Outcome sample(Path out, Object... arguments) {
    return Cli.run(
        Stream.concat(Stream.of("sample", "--model", model, "--out", out), Stream.of(arguments))
            .toArray());
  }
}
