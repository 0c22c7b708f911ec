package dev.pixelprobe.model;

import static dev.pixelprobe.model.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFFailedPreconditionException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class ImageGptTest {
  /** 144 positions: one whole block of queries and a part of another. */
  private static final Architecture ARCHITECTURE = new Architecture(12, 24, 3, 3, 40, 20, 1e-5);

  private static final List<LayerFeature> LN_1 =
      IntStream.rangeClosed(0, ARCHITECTURE.nLayer())
          .mapToObj(layer -> new LayerFeature(LayerFeature.Kind.LN_1, layer))
          .toList();

  private static final ForwardPass.Query EVERY_LAYER =
      new ForwardPass.Query(LN_1, InputReading.SOS, true);

  @TempDir Path dir;

  @Test
  void attentionInBlocksEqualsPlainLoops() throws IOException {
    Tokens image = images(1).get(0);
    int[] entered = new int[image.size()];
    entered[0] = ARCHITECTURE.sos();
    for (int n = 1; n < entered.length; n++) {
      entered[n] = image.get(n - 1);
    }
    List<double[]> expected =
        new PlainImageGpt(ARCHITECTURE, new RandomWeights()).pooledLn1(entered);

    try (ImageGpt gpt = ImageGpt.open(write(), 2)) {
      ForwardPass pass = gpt.run(List.of(image), EVERY_LAYER);

      for (int layer = 0; layer < expected.size(); layer++) {
        for (int i = 0; i < ARCHITECTURE.nEmbd(); i++) {
          assertThat((double) pass.feature(layer, 0)[i])
              .isCloseTo(expected.get(layer)[i], within(2e-5));
        }
      }
    }
  }

  /** More than go through a CPU at a time, and not a multiple of them. */
  @Test
  void anImageGivesTheSameInAnyBatch() throws IOException {
    List<Tokens> images = images(31);
    try (ImageGpt gpt = ImageGpt.open(write(), 2)) {
      ForwardPass together = gpt.run(images, EVERY_LAYER);
      for (int image = 0; image < images.size(); image++) {
        ForwardPass alone = gpt.run(images.subList(image, image + 1), EVERY_LAYER);

        assertThat(alone.natsPerToken()[0])
            .isCloseTo(together.natsPerToken()[image], within(1e-5f));
        for (int layer = 0; layer < LN_1.size(); layer++) {
          assertThat(alone.feature(layer, 0))
              .usingComparatorWithPrecision(1e-5f)
              .containsExactly(together.feature(layer, image));
        }
      }
    }
  }

  /** Other programs load the files: what this one does to the MLPs is in its memory alone. */
  @Test
  void theFilesHoldTheModelAsItIsDefined() throws IOException {
    Path model = write();
    List<Tokens> images = images(1);
    float[] expected;
    try (ImageGpt gpt = ImageGpt.open(model, 2)) {
      expected = gpt.run(images, EVERY_LAYER).feature(3);
    }

    try (SavedModelBundle bundle = SavedModelBundle.load(model.toString());
        TInt32 tokens = TInt32.tensorOf(Shape.of(1, 144), DataBuffers.of(ids(images.get(0))));
        Result result =
            bundle
                .function(SavedModelNames.FEATURES)
                .call(Map.of(SavedModelNames.TOKENS, tokens))) {
      float[] found = new float[expected.length];
      TFloat32 features = (TFloat32) result.get(LN_1.get(3).label()).orElseThrow();
      features.copyTo(NdArrays.wrap(features.shape(), DataBuffers.of(found)));
      assertThat(found).usingComparatorWithPrecision(1e-5f).containsExactly(expected);
    }
  }

  private static int[] ids(Tokens image) {
    return IntStream.range(0, image.size()).map(image::get).toArray();
  }

  @Test
  void aModelThatKnowsNothingNeedsLnKNatsPerToken() throws IOException {
    Weights zeros = (name, shape) -> new float[Math.toIntExact(Shape.of(shape).size())];
    Path model = dir.resolve("zeros");
    SavedModelWriter.write("zeros", ARCHITECTURE, zeros, Optional.empty(), Resample.BOX, model);

    try (ImageGpt gpt = ImageGpt.open(model, 2)) {
      float nats = gpt.run(images(1), EVERY_LAYER).natsPerToken()[0];

      assertThat((double) nats).isCloseTo(Math.log(ARCHITECTURE.colours()), within(1e-6));
    }
  }

  @Test
  void onlyTheBlocksBelowTheDeepestFeatureAreComputed() throws IOException {
    try (Graph graph = new Graph();
        Session session = new Session(graph);
        TInt32 tokens = TInt32.tensorOf(Shape.of(1, 144), DataBuffers.of(new int[144]))) {
      ImageGptGraph model = ImageGptGraph.build(graph, ARCHITECTURE);
      assignAllBut("h2/", graph, session, model);

      Session.Runner below = session.runner().feed(model.tokens(), tokens);
      below.fetch(model.features().get(LN_1.get(1))).run().close();

      Session.Runner above = session.runner().feed(model.tokens(), tokens);
      assertThatThrownBy(() -> above.fetch(model.features().get(LN_1.get(3))).run())
          .isInstanceOf(TFFailedPreconditionException.class)
          .hasMessageContaining("uninitialized");
    }
  }

  private static void assignAllBut(
      String prefix, Graph graph, Session session, ImageGptGraph model) {
    Ops tf = Ops.create(graph);
    ARCHITECTURE
        .tensorShapes()
        .forEach(
            (name, dims) -> {
              if (!name.startsWith(prefix)) {
                float[] values = new RandomWeights().tensor(name, dims);
                session
                    .runner()
                    .addTarget(
                        tf.assign(
                            model.variable(name),
                            tf.constant(Shape.of(dims), DataBuffers.of(values))))
                    .run()
                    .close();
              }
            });
  }

  @Test
  void aMovedModelRunsAndManyThreadsMayShareIt() throws IOException {
    Path moved = Files.move(write(), dir.resolve("moved"));
    List<Tokens> images = images(3);
    try (ImageGpt gpt = ImageGpt.open(moved, 2)) {
      float[] expected = gpt.run(images, EVERY_LAYER).feature(3);

      List<float[]> results =
          Stream.generate(() -> images)
              .limit(16)
              .parallel()
              .map(batch -> gpt.run(batch, EVERY_LAYER).feature(3))
              .toList();

      assertThat(results).allSatisfy(result -> assertThat(result).containsExactly(expected));
    }
  }

  @Test
  void theSameWeightsHaveTheSameDigest() throws IOException {
    Path first = write();
    Path second = dir.resolve("second");
    SavedModelWriter.write(
        "other name", ARCHITECTURE, new RandomWeights(), Optional.empty(), Resample.BOX, second);
    Path third = dir.resolve("third");
    SavedModelWriter.write(
        "m", ARCHITECTURE, new RandomWeights(), Optional.empty(), Resample.BILINEAR, third);

    assertThat(ModelInfo.read(second).digest()).isEqualTo(ModelInfo.read(first).digest());
    assertThat(ModelInfo.read(third).digest()).isNotEqualTo(ModelInfo.read(first).digest());
  }

  @Test
  void tokensThatTheModelDoesNotKnowAreRefused() throws IOException {
    short[] values = new short[144];
    values[17] = 20;
    List<Tokens> outside = List.of(images(1).get(0), Tokens.wrap(values));
    try (ImageGpt gpt = ImageGpt.open(write(), 2)) {
      assertRefused(() -> gpt.run(outside, EVERY_LAYER), "image 1, position 17", "0..19", "20");
      assertRefused(
          () -> gpt.run(List.of(Tokens.wrap(new short[64])), EVERY_LAYER), "144 positions", "64");
    }
  }

  @Test
  void theStartTokenMayBeFedInTheHfReading() throws IOException {
    List<Tokens> images = images(1);
    short[] shifted = new short[144];
    shifted[0] = (short) ARCHITECTURE.sos();
    for (int n = 1; n < 144; n++) {
      shifted[n] = (short) images.get(0).get(n - 1);
    }
    try (ImageGpt gpt = ImageGpt.open(write(), 2)) {
      float[] logits = gpt.logits(List.of(Tokens.wrap(shifted)), InputReading.HF);

      assertThat(logits).containsExactly(gpt.logits(images, InputReading.SOS));
    }
  }

  @Test
  void aDirectoryWithoutAWholeModelIsRefused() throws IOException {
    assertRefused(() -> ImageGpt.open(dir, 2), dir.toString(), "model import");

    Path cut = write();
    Files.write(cut.resolve("variables/variables.data-00000-of-00001"), new byte[10]);
    assertRefused(() -> ImageGpt.open(cut, 2).close(), cut.toString(), "import it again");
  }

  @Test
  void anUnfinishedImportLeavesNothing() throws IOException {
    Weights broken =
        (name, shape) -> {
          throw new InvalidInputException("no " + name);
        };
    Path model = dir.resolve("models").resolve("broken");

    assertRefused(
        () ->
            SavedModelWriter.write(
                "m", ARCHITECTURE, broken, Optional.empty(), Resample.BOX, model),
        "no wte");
    try (Stream<Path> left = Files.list(dir.resolve("models"))) {
      assertThat(left).isEmpty();
    }
  }

  private Path write() throws IOException {
    Path model = dir.resolve("model");
    SavedModelWriter.write(
        "m", ARCHITECTURE, new RandomWeights(), Optional.empty(), Resample.BOX, model);
    return model;
  }

  private static List<Tokens> images(int count) {
    Random random = new Random(7);
    return Stream.generate(
            () -> {
              short[] tokens = new short[144];
              for (int i = 0; i < tokens.length; i++) {
                tokens[i] = (short) random.nextInt(ARCHITECTURE.colours());
              }
              return Tokens.wrap(tokens);
            })
        .limit(count)
        .toList();
  }
}
