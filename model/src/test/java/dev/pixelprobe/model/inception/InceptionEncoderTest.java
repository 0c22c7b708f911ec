package dev.pixelprobe.model.inception;

import static dev.pixelprobe.model.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.model.FloatResizer;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.encoder.EncoderInfo;
import dev.pixelprobe.model.encoder.EncoderOutput;
import dev.pixelprobe.model.encoder.ImageEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;

class InceptionEncoderTest {
  private static final List<InceptionOutput> ALL = List.of(InceptionOutput.values());

  @TempDir static Path dir;

  private static final InceptionLookalike network = InceptionLookalike.of(1);
  private static final Map<InceptionResize, ImageEncoder> ENCODERS =
      new EnumMap<>(InceptionResize.class);
  private static Path modelDir = Path.of("");

  @BeforeAll
  static void prepare() throws IOException {
    Path folder = Files.createDirectories(dir.resolve("fetched"));
    network.write(folder.resolve(InceptionEncoder.FILE));
    modelDir = InceptionEncoder.prepare(folder, dir.resolve("cache"));
    for (InceptionResize resize : InceptionResize.values()) {
      EncoderInfo info = InceptionEncoder.inspect(modelDir, ALL, resize, Precision.F32);
      ENCODERS.put(resize, ImageEncoder.open(info, 2));
    }
  }

  @AfterAll
  static void close() {
    ENCODERS.values().forEach(ImageEncoder::close);
  }

  private static RgbImage noise(int height, int width, long seed) {
    byte[] rgb = new byte[height * width * 3];
    new Random(seed).nextBytes(rgb);
    return RgbImage.wrap(height, width, rgb);
  }

  private static ImageEncoder encoder(InceptionResize resize) {
    return Objects.requireNonNull(ENCODERS.get(resize), "opened for all");
  }

  private static List<float[]> run(InceptionResize resize, RgbImage... images) {
    return encoder(resize).run(List.of(images));
  }

  private static float[] part(float[] vector, InceptionOutput wanted) {
    int from = 0;
    for (InceptionOutput output : ALL.subList(0, ALL.indexOf(wanted))) {
      from += output.dim();
    }
    return Arrays.copyOfRange(vector, from, from + wanted.dim());
  }

  /** Logits sum 2,048 products in float32. Measured: 4e-7 in a batch, 2e-6 for one image alone. */
  private static void assertClose(float[] actual, double[] expected) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat((double) actual[i]).isCloseTo(expected[i], within(5e-6 * largest));
    }
  }

  @Test
  void everyTapOfABatchIsThatOfThePlainComputation() {
    RgbImage[] images = {noise(32, 48, 1), noise(32, 48, 2), noise(32, 48, 3)};
    PlainInception plain = new PlainInception(network);

    List<float[]> vectors = run(InceptionResize.TF1_BILINEAR, images);

    for (int i = 0; i < images.length; i++) {
      Map<InceptionOutput, double[]> expected = plain.run(images[i]);
      for (InceptionOutput output : ALL) {
        assertClose(part(vectors.get(i), output), expected.getOrDefault(output, new double[0]));
      }
    }
  }

  @Test
  void aBatchGivesWhatItsImagesGiveAlone() {
    RgbImage[] images = {noise(40, 40, 4), noise(40, 40, 5), noise(40, 40, 6)};

    List<float[]> together = run(InceptionResize.TF1_BILINEAR, images);

    for (int i = 0; i < images.length; i++) {
      float[] alone = run(InceptionResize.TF1_BILINEAR, images[i]).get(0);
      for (InceptionOutput output : ALL) {
        float[] expected = part(alone, output);
        double[] wide = new double[expected.length];
        Arrays.setAll(wide, at -> expected[at]);
        assertClose(part(together.get(i), output), wide);
      }
    }
  }

  @Test
  void outputsAreNamedByTheirWidthAndComeInTheOrderWanted() throws IOException {
    List<InceptionOutput> wanted =
        List.of(
            InceptionOutput.LOGITS_UNBIASED,
            InceptionOutput.tap("2048"),
            InceptionOutput.tap("64"));

    EncoderInfo info =
        InceptionEncoder.inspect(modelDir, wanted, InceptionResize.TF1_BILINEAR, Precision.F32);

    assertThat(info.outputs())
        .containsExactly(
            new EncoderOutput("logits_unbiased", 1008),
            new EncoderOutput("2048", 2048),
            new EncoderOutput("64", 64));
    assertThat(info.input().describe())
        .isEqualTo("float original size (pixel * 1.0 - [0.0, 0.0, 0.0]) / [1.0, 1.0, 1.0]");
  }

  @Test
  void theGraphLeaves299PixelsAsTheyAreSoResizingBeforehandIsAllThereIs() {
    RgbImage full = noise(299, 299, 7);
    float[] bilinear = run(InceptionResize.TF1_BILINEAR, full).get(0);

    assertThat(run(InceptionResize.PIL_BICUBIC, full).get(0)).containsExactly(bilinear);
    assertThat(run(InceptionResize.PYTORCH_BILINEAR, full).get(0)).containsExactly(bilinear);
  }

  @Test
  void imagesResizedBeforehandEnterUnrounded() {
    RgbImage image = noise(20, 30, 8);
    Map<InceptionResize, float[]> enters =
        Map.of(
            InceptionResize.PIL_BICUBIC,
            FloatResizer.pil(image, 299, 299, Resample.BICUBIC),
            InceptionResize.PYTORCH_BILINEAR,
            FloatResizer.pytorchBilinear(image, 299, 299));

    for (Map.Entry<InceptionResize, float[]> entry : enters.entrySet()) {
      Map<InceptionOutput, double[]> expected =
          new PlainInception(network).runResized(entry.getValue());
      float[] actual = run(entry.getKey(), image).get(0);
      for (InceptionOutput output : ALL) {
        assertClose(part(actual, output), expected.getOrDefault(output, new double[0]));
      }
    }
  }

  @Test
  void imagesOfSeveralSizesNeedResizingBeforehand() {
    RgbImage small = noise(16, 16, 9);
    RgbImage wide = noise(16, 24, 10);

    assertThat(run(InceptionResize.PIL_BICUBIC, small, wide)).hasSize(2);
    assertRefused(
        () -> run(InceptionResize.TF1_BILINEAR, small, wide), "one size", "16 x 16 and 16 x 24");
  }

  @Test
  void theDigestTellsTheGraphAndTheResizing() throws IOException {
    Path file = InceptionLookalike.of(2).write(dir.resolve("other.pb"));
    Path other = InceptionEncoder.prepare(file, dir.resolve("cache"));
    List<String> digests = new ArrayList<>();
    for (InceptionResize resize : InceptionResize.values()) {
      digests.add(encoder(resize).info().digest());
    }
    InceptionResize original = InceptionResize.TF1_BILINEAR;
    digests.add(InceptionEncoder.inspect(other, ALL, original, Precision.F32).digest());

    assertThat(digests).doesNotHaveDuplicates();
    Path again = InceptionEncoder.prepare(file, dir.resolve("another cache"));
    assertThat(again.getFileName()).isEqualTo(other.getFileName());
    assertThat(again.resolve("saved_model.pb"))
        .hasSameBinaryContentAs(other.resolve("saved_model.pb"));
  }

  @Test
  void aGraphThatIsPreparedIsLeftAlone() throws IOException {
    Path cache = dir.resolve("left alone");
    Path model = InceptionEncoder.prepare(dir.resolve("fetched"), cache);
    Files.writeString(model.resolve("mark"), "");

    assertThat(InceptionEncoder.prepare(dir.resolve("fetched"), cache)).isEqualTo(model);

    assertThat(model.resolve("mark")).exists();
    try (Stream<Path> entries = Files.list(cache)) {
      assertThat(entries).containsExactly(model);
    }
  }

  @Test
  void ofSeveralThatPrepareAtOnceOneWinsAndAllFindIt() throws Exception {
    Path cache = dir.resolve("at once");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<Path> prepare = () -> InceptionEncoder.prepare(dir.resolve("fetched"), cache);
      for (Future<Path> model : threads.invokeAll(Collections.nCopies(4, prepare))) {
        assertThat(model.get().resolve("saved_model.pb")).exists();
      }
    } finally {
      threads.shutdown();
    }
    try (Stream<Path> entries = Files.list(cache)) {
      assertThat(entries).hasSize(1);
    }
  }

  @Test
  void theResizingIsNamedInWords() {
    assertThat(InceptionResize.values())
        .extracting(InceptionResize::description)
        .containsExactly(
            "TF1 bilinear in the graph to 299 px",
            "PIL bicubic (antialiased, float32) to 299 px",
            "PyTorch bilinear (not antialiased, float32) to 299 px");
  }

  @Test
  void whatIsNotTheGraphIsRefusedAndNothingIsLeftBehind() throws IOException {
    GraphDef graph = network.graph();
    Path file = dir.resolve("wrong.pb");

    assertPreparationRefused(
        dir.resolve("nowhere"), "got none there", "pixelprobe fetch inception");
    assertPreparationRefused(Files.createDirectories(dir.resolve("empty")), InceptionEncoder.FILE);
    assertPreparationRefused(
        Files.writeString(file, "<html>404</html>"), "wrong.pb", "damaged or other file");
    byte[] whole = graph.toByteArray();
    assertPreparationRefused(
        Files.write(file, Arrays.copyOf(whole, whole.length / 2)), "damaged or other file");
    assertPreparationRefused(Files.write(file, new byte[0]), "node ExpandDims", "got 0 nodes");
    for (String node : List.of("ExpandDims", "mixed_7/join", "softmax/logits/MatMul")) {
      assertPreparationRefused(
          Files.write(file, without(graph, node).toByteArray()),
          "its node " + node + ",",
          "pixelprobe fetch inception");
    }
    GraphDef.Builder odd = without(graph, "softmax/logits").toBuilder();
    odd.addNode(NodeDef.newBuilder().setName("softmax/logits").setOp("Placeholder"));
    assertPreparationRefused(
        Files.write(file, odd.build().toByteArray()), "softmax/logits to add a bias");
  }

  private static GraphDef without(GraphDef graph, String node) {
    List<NodeDef> others =
        graph.getNodeList().stream().filter(each -> !each.getName().equals(node)).toList();
    return graph.toBuilder().clearNode().addAllNode(others).build();
  }

  private static void assertPreparationRefused(Path graph, String... says) {
    Path cache = dir.resolve("refused");
    assertRefused(() -> InceptionEncoder.prepare(graph, cache), says);
    assertThat(cache).doesNotExist();
  }

  @Test
  void anotherNetworkWithTheSameNodesIsRefused() throws IOException {
    GraphDef graph = network.graph();
    GraphDef narrow = rewired(rewired(graph, "conv_4/Conv2D", "conv"), "pool", "Mul");

    assertRefused(() -> inspectTap64(narrow), "output 64: expected 64 numbers per image, got 3");
    GraphDef circular = rewired(graph, "conv/Conv2D", "pool_3");
    assertRefused(() -> inspectTap64(circular), "whole SavedModel", "cycle");
    assertRefused(() -> InceptionOutput.tap("logits"), "64, 192, 768 or 2048", "got logits");
  }

  private static GraphDef rewired(GraphDef graph, String node, String input) {
    GraphDef.Builder rewired = graph.toBuilder();
    rewired.getNodeBuilderList().stream()
        .filter(each -> each.getName().equals(node))
        .forEach(each -> each.setInput(0, input));
    return rewired.build();
  }

  private static void inspectTap64(GraphDef graph) throws IOException {
    Path file = Files.write(dir.resolve("rewired.pb"), graph.toByteArray());
    Path model = InceptionEncoder.prepare(file, dir.resolve("cache"));
    InceptionEncoder.inspect(
        model, List.of(InceptionOutput.POOL_64), InceptionResize.TF1_BILINEAR, Precision.F32);
  }
}
