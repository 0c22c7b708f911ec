package dev.pixelprobe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against numbers that HuggingFace's own code computed, from every form the models are published
 * in; the recipe is in {@code golden/README.md}.
 */
class ImageGptGoldenTest {
  @TempDir static Path dir;

  private static final Map<Published, ImageGpt> OPEN = new EnumMap<>(Published.class);

  /** Where a model lies, and where the numbers are that it must give. */
  private enum Published {
    SAFETENSORS("igpt-tiny-8px", "igpt-tiny-8px"),
    TORCH("igpt-tiny-8px-torchbin", "igpt-tiny-8px"),
    OPENAI_AS_SAFETENSORS("igpt-tiny-8px-openai", "igpt-tiny-8px-openai"),
    OPENAI("igpt-tiny-8px-openai/openai/model.ckpt-131000", "igpt-tiny-8px-openai");

    private final Path path;
    private final String numbers;

    Published(String path, String numbers) {
      this.path = Golden.resource(path);
      this.numbers = numbers;
    }

    private NpyArray array(String name) throws IOException {
      return NpyArray.read(Golden.resource(numbers + "/" + name + ".npy"));
    }

    private boolean lacksBiases() {
      return numbers.equals("igpt-tiny-8px");
    }
  }

  @AfterAll
  static void close() {
    OPEN.values().forEach(ImageGpt::close);
  }

  static Stream<Arguments> readings() {
    return Stream.of(Published.values())
        .flatMap(
            published ->
                Stream.of(InputReading.values()).map(reading -> Arguments.of(published, reading)));
  }

  static Stream<Arguments> featureKinds() {
    return readings()
        .flatMap(
            call ->
                Stream.of(LayerFeature.Kind.values())
                    .map(kind -> Arguments.of(call.get()[0], call.get()[1], kind)));
  }

  @ParameterizedTest
  @MethodSource("featureKinds")
  void pooledFeaturesOfEveryLayerAgree(
      Published published, InputReading reading, LayerFeature.Kind kind) throws IOException {
    ImageGpt gpt = open(published);
    List<LayerFeature> features =
        IntStream.rangeClosed(0, gpt.architecture().nLayer())
            .mapToObj(layer -> new LayerFeature(kind, layer))
            .toList();

    ForwardPass pass = gpt.run(tokens(published), new ForwardPass.Query(features, reading, false));

    String name = kind == LayerFeature.Kind.LN_1 ? "pooled_ln1" : "pooled_h";
    NpyArray numbers = published.array(reading == InputReading.SOS ? name : name + "_hf");
    float[] expected = numbers.toFloats();
    int d = gpt.architecture().nEmbd();
    assertThat(numbers.shape().dim(0)).isEqualTo(pass.images());
    for (int image = 0; image < pass.images(); image++) {
      for (int layer = 0; layer < features.size(); layer++) {
        int begin = (image * features.size() + layer) * d;
        assertClose(pass.feature(layer, image), expected, begin, 2e-6);
      }
    }
  }

  /** Relative to the largest number of the vector, which is what its rounding grows with. */
  private static void assertClose(float[] actual, float[] expected, int begin, double relative) {
    double largest = 0;
    double error = 0;
    for (int i = 0; i < actual.length; i++) {
      largest = Math.max(largest, Math.abs(expected[begin + i]));
      error = Math.max(error, Math.abs(actual[i] - expected[begin + i]));
    }
    assertThat(error).isLessThanOrEqualTo(relative * largest);
  }

  /** bfloat16 keeps 8 bits: the bound is a few of its roundings, and far above those of float32. */
  @ParameterizedTest
  @EnumSource(
      value = Published.class,
      names = {"SAFETENSORS", "OPENAI"})
  void bfloat16FeaturesAreCloseButNotTheSame(Published published) throws IOException {
    ImageGpt gpt = open(published);
    List<LayerFeature> features =
        IntStream.rangeClosed(1, gpt.architecture().nLayer())
            .mapToObj(layer -> new LayerFeature(LayerFeature.Kind.LN_1, layer))
            .toList();
    ForwardPass.Query query = new ForwardPass.Query(features, InputReading.SOS, true);
    ForwardPass exact = gpt.run(tokens(published), query);

    try (ImageGpt rounded =
        ImageGpt.open(dir.resolve(published.name()), Precision.BF16, SessionOptions.ofThreads(2))) {
      ForwardPass pass = rounded.run(tokens(published), query);

      for (int image = 0; image < pass.images(); image++) {
        for (int layer = 0; layer < features.size(); layer++) {
          float[] vector = pass.feature(layer, image);
          float[] expected = exact.feature(layer, image);
          assertClose(vector, expected, 0, 2e-2);
          assertThatThrownBy(() -> assertClose(vector, expected, 0, 2e-4))
              .isInstanceOf(AssertionError.class);
        }
        assertThat(pass.natsPerToken()[image])
            .isCloseTo(exact.natsPerToken()[image], within(2e-2f))
            .isNotEqualTo(exact.natsPerToken()[image]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("readings")
  void logitsAgree(Published published, InputReading reading) throws IOException {
    float[] actual = open(published).logits(tokens(published), reading);

    float[] expected = published.array("logits_" + reading.label()).toFloats();
    assertThat(actual).hasSameSizeAs(expected);
    double error =
        IntStream.range(0, actual.length)
            .mapToDouble(i -> Math.abs(actual[i] - expected[i]))
            .max()
            .orElseThrow();
    assertThat(error).isLessThanOrEqualTo(2e-5);
  }

  /** Positions entered one by one, and some at a time, after what the cache keeps of the others. */
  @ParameterizedTest
  @CsvSource({"SAFETENSORS, 1", "SAFETENSORS, 32", "OPENAI, 1", "OPENAI, 16"})
  void logitsOfStepsAgree(Published published, int stride) throws IOException {
    ImageGpt gpt = open(published);
    Architecture a = gpt.architecture();
    List<Tokens> images = tokens(published);
    float[] expected = published.array("logits_sos").toFloats();
    StepGraph graph = new StepGraph(gpt);
    float[] logits = new float[images.size() * a.colours()];
    double error = 0;
    graph.reset(images.size());
    for (int begin = 0; begin < a.positions(); begin += stride) {
      graph.enter(entering(images, a, begin, stride), begin, logits);
      for (int i = 0; i < logits.length; i++) {
        int row = i / a.colours() * a.positions() + begin + stride - 1;
        error =
            Math.max(error, Math.abs(logits[i] - expected[row * a.colours() + i % a.colours()]));
      }
    }
    assertThat(error).isLessThanOrEqualTo(2e-5);
  }

  private static int[] entering(List<Tokens> images, Architecture a, int begin, int count) {
    return images.stream()
        .flatMapToInt(
            image ->
                IntStream.range(begin, begin + count)
                    .map(position -> position == 0 ? a.sos() : image.get(position - 1)))
        .toArray();
  }

  @ParameterizedTest
  @EnumSource
  void natsPerTokenAgree(Published published) throws IOException {
    ForwardPass.Query score = new ForwardPass.Query(List.of(), InputReading.SOS, true);
    float[] nats = open(published).run(tokens(published), score).natsPerToken();

    float[] expected = published.array("nll").toFloats();
    assertThat(nats).hasSameSizeAs(expected);
    assertClose(nats, expected, 0, 5e-7);
  }

  @Test
  void howeverAModelIsPublishedItIsTheSameOne() throws IOException {
    assertThat(open(Published.OPENAI).info().digest())
        .isEqualTo(open(Published.OPENAI_AS_SAFETENSORS).info().digest());
    assertThat(open(Published.TORCH).info().digest())
        .isEqualTo(open(Published.SAFETENSORS).info().digest());
  }

  private static ImageGpt open(Published published) throws IOException {
    ImageGpt open = OPEN.get(published);
    if (open == null) {
      open = importAndOpen(published);
      OPEN.put(published, open);
    }
    return open;
  }

  private static ImageGpt importAndOpen(Published published) throws IOException {
    Path model = dir.resolve(published.name());
    try (Checkpoint checkpoint = Checkpoint.open(published.path, Objective.AUTOREGRESSIVE)) {
      SavedModelWriter.write(
          published.name(),
          checkpoint.architecture(),
          published.lacksBiases() ? whole(checkpoint, published) : checkpoint,
          Optional.empty(),
          Resample.BOX,
          model);
    }
    return ImageGpt.open(model, 2);
  }

  /** With the biases of c_attn that the files lack, see the README beside them. */
  private static Weights whole(Checkpoint checkpoint, Published published) throws IOException {
    assertThat(checkpoint.absentBiases()).hasSize(4).allMatch(name -> name.contains("c_attn"));
    float[] biases = published.array("c_attn_bias").toFloats();
    return (name, shape) -> {
      if (!name.endsWith("attn/c_attn/b")) {
        return checkpoint.tensor(name, shape);
      }
      int layer = Integer.parseInt(name.substring(1, name.indexOf('/')));
      int width = (int) shape[0];
      return Arrays.copyOfRange(biases, layer * width, (layer + 1) * width);
    };
  }

  private static List<Tokens> tokens(Published published) throws IOException {
    NpyArray array = published.array("tokens");
    int positions = array.shape().dim(1);
    int[] values = array.toInts();
    List<Tokens> images = new ArrayList<>();
    for (int begin = 0; begin < values.length; begin += positions) {
      short[] tokens = new short[positions];
      for (int i = 0; i < positions; i++) {
        tokens[i] = (short) values[begin + i];
      }
      images.add(Tokens.wrap(tokens));
    }
    return images;
  }
}
