package dev.pixelprobe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.checkpoint.HuggingFaceCheckpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against numbers that HuggingFace's own code computed; their recipe is in {@code
 * golden/README.md}.
 */
class ImageGptGoldenTest {
  private static final String WITH_BIASES = "igpt-tiny-8px";
  private static final String WITHOUT_BIASES = "igpt-tiny-8px-openai";

  @TempDir static Path dir;

  private static final Map<String, ImageGpt> OPEN = new HashMap<>();

  @AfterAll
  static void close() {
    OPEN.values().forEach(ImageGpt::close);
  }

  @ParameterizedTest
  @CsvSource({
    WITH_BIASES + ", SOS, LN_1, pooled_ln1.npy",
    WITH_BIASES + ", SOS, H, pooled_h.npy",
    WITH_BIASES + ", HF, LN_1, pooled_ln1_hf.npy",
    WITH_BIASES + ", HF, H, pooled_h_hf.npy",
    WITHOUT_BIASES + ", SOS, LN_1, pooled_ln1.npy",
    WITHOUT_BIASES + ", SOS, H, pooled_h.npy",
    WITHOUT_BIASES + ", HF, LN_1, pooled_ln1_hf.npy",
    WITHOUT_BIASES + ", HF, H, pooled_h_hf.npy",
  })
  void pooledFeaturesOfEveryLayerAgree(
      String golden, InputReading reading, LayerFeature.Kind kind, String expected)
      throws IOException {
    ImageGpt gpt = open(golden);
    List<LayerFeature> features =
        IntStream.rangeClosed(0, gpt.architecture().nLayer())
            .mapToObj(layer -> new LayerFeature(kind, layer))
            .toList();

    ForwardPass pass = gpt.run(tokens(golden), new ForwardPass.Query(features, reading, false));

    float[] numbers = NpyArray.read(Golden.resource(golden + "/" + expected)).toFloats();
    int d = gpt.architecture().nEmbd();
    for (int image = 0; image < pass.images(); image++) {
      for (int layer = 0; layer < features.size(); layer++) {
        int begin = (image * features.size() + layer) * d;
        assertClose(pass.feature(layer, image), numbers, begin, 2e-5);
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
  @ValueSource(strings = {WITH_BIASES, WITHOUT_BIASES})
  void bfloat16FeaturesAreCloseButNotTheSame(String golden) throws IOException {
    ImageGpt gpt = open(golden);
    List<LayerFeature> features =
        IntStream.rangeClosed(1, gpt.architecture().nLayer())
            .mapToObj(layer -> new LayerFeature(LayerFeature.Kind.LN_1, layer))
            .toList();
    ForwardPass.Query query = new ForwardPass.Query(features, InputReading.SOS, true);
    ForwardPass exact = gpt.run(tokens(golden), query);

    try (ImageGpt rounded = ImageGpt.open(dir.resolve(golden), Precision.BF16, 2)) {
      ForwardPass pass = rounded.run(tokens(golden), query);

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
  @CsvSource({
    WITH_BIASES + ", SOS, logits_sos.npy",
    WITH_BIASES + ", HF, logits_hf.npy",
    WITHOUT_BIASES + ", SOS, logits_sos.npy",
    WITHOUT_BIASES + ", HF, logits_hf.npy",
  })
  void logitsAgree(String golden, InputReading reading, String expected) throws IOException {
    ImageGpt gpt = open(golden);
    float[] actual = gpt.logits(tokens(golden), reading);

    float[] numbers = NpyArray.read(Golden.resource(golden + "/" + expected)).toFloats();
    assertThat(actual).hasSameSizeAs(numbers);
    double error =
        IntStream.range(0, actual.length)
            .mapToDouble(i -> Math.abs(actual[i] - numbers[i]))
            .max()
            .orElseThrow();
    assertThat(error).isLessThanOrEqualTo(2e-4);
  }

  @ParameterizedTest
  @ValueSource(strings = {WITH_BIASES, WITHOUT_BIASES})
  void natsPerTokenAgree(String golden) throws IOException {
    ImageGpt gpt = open(golden);
    ForwardPass pass =
        gpt.run(tokens(golden), new ForwardPass.Query(List.of(), InputReading.SOS, true));

    float[] numbers = NpyArray.read(Golden.resource(golden + "/nll.npy")).toFloats();
    assertThat(pass.natsPerToken()).hasSameSizeAs(numbers);
    assertClose(pass.natsPerToken(), numbers, 0, 2e-6);
  }

  private static ImageGpt open(String golden) throws IOException {
    ImageGpt open = OPEN.get(golden);
    if (open == null) {
      open = importAndOpen(golden);
      OPEN.put(golden, open);
    }
    return open;
  }

  private static ImageGpt importAndOpen(String golden) throws IOException {
    Path model = dir.resolve(golden);
    try (HuggingFaceCheckpoint checkpoint = HuggingFaceCheckpoint.open(Golden.resource(golden))) {
      SavedModelWriter.write(
          golden,
          checkpoint.architecture(),
          whole(checkpoint, golden),
          Optional.empty(),
          Resample.BOX,
          model);
    }
    return ImageGpt.open(model, 2);
  }

  /** With the biases of c_attn that the file lacks, see the README beside it. */
  private static Weights whole(Weights published, String golden) throws IOException {
    if (golden.equals(WITHOUT_BIASES)) {
      return published;
    }
    float[] biases = NpyArray.read(Golden.resource(golden + "/c_attn_bias.npy")).toFloats();
    return (name, shape) -> {
      if (!name.endsWith("attn/c_attn/b")) {
        return published.tensor(name, shape);
      }
      int layer = Integer.parseInt(name.substring(1, name.indexOf('/')));
      int width = (int) shape[0];
      return Arrays.copyOfRange(biases, layer * width, (layer + 1) * width);
    };
  }

  private static List<Tokens> tokens(String golden) throws IOException {
    NpyArray array = NpyArray.read(Golden.resource(golden + "/tokens.npy"));
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
