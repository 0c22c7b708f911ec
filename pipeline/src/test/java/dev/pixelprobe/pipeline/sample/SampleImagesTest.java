package dev.pixelprobe.pipeline.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.ImageStart;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Sampler;
import dev.pixelprobe.model.SamplingOptions;
import dev.pixelprobe.model.Tokenizer;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.data.ImageList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SampleImagesTest {
  private static final SamplingOptions OPTIONS = new SamplingOptions(1, 5, 0.95, 7);

  @TempDir static Path dir;
  private static String modelDir = "";

  @BeforeAll
  static void writeModel() throws IOException {
    modelDir = TinyModel.write(dir.resolve("model")).toString();
    byte[] images = new byte[3 * 4 * 4 * 3];
    new Random(1).nextBytes(images);
    NpyArray.of(images, 3, 4, 4, 3).write(dir.resolve("primes.npy"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 7, 64})
  void everyIndexGivesTheSamplersImageInABatchOfAnySize(int batchSize) throws IOException {
    List<SampledImage> expected =
        draw(LongStream.range(5, 15).mapToObj(ImageStart::empty).toList());

    assertDrawn(expected, SampleImages.of(modelDir, OPTIONS, batchSize));
  }

  @Test
  void completionsBeginWithTheRowsOfTheirImageAndGoAround() throws IOException {
    Primes primes = new Primes(ImageList.open(dir.resolve("primes.npy").toString()), 3, false);
    Tokenizer tokenizer = ModelInfo.read(Path.of(modelDir)).tokenizer(Path.of(modelDir));
    List<ImageStart> starts = new ArrayList<>();
    for (long index = 5; index < 15; index++) {
      starts.add(primes.start(index, tokenizer));
    }
    List<SampledImage> expected = draw(starts);

    assertDrawn(expected, SampleImages.of(modelDir, OPTIONS, 4).completing(primes));
    for (SampledImage image : expected) {
      Tokens original = tokenizer.quantize(primes.original(image.index() % 3, tokenizer));
      for (int position = 0; position < 12; position++) {
        assertThat(image.tokens().get(position)).isEqualTo(original.get(position));
      }
    }
  }

  @Test
  void aBatchFitsTwoGibibytesOfKeysAndValues() {
    // iGPT-S keeps 2 * 24 * 512 * 1024 floats of an image, 96 MiB; L 2 * 48 * 1536 * 1024, 576 MiB
    assertThat(Sampling.defaultBatchSize(new Architecture(32, 512, 24, 8, 2048, 512, 1e-5)))
        .isEqualTo(21);
    assertThat(Sampling.defaultBatchSize(new Architecture(32, 1536, 48, 16, 6144, 512, 1e-5)))
        .isEqualTo(3);
    assertThat(Sampling.defaultBatchSize(new Architecture(64, 3072, 60, 48, 12288, 512, 1e-5)))
        .isEqualTo(1);
    assertThat(Sampling.defaultBatchSize(TinyModel.ARCHITECTURE)).isEqualTo(64);
  }

  private static void assertDrawn(List<SampledImage> expected, SampleImages transform) {
    Pipeline pipeline = Pipeline.create();
    PCollection<SampledImage> samples =
        pipeline
            .apply(Create.of(expected.stream().map(SampledImage::index).toList()))
            .apply("SampleImages", transform);
    PAssert.that(samples).containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  private static List<SampledImage> draw(List<ImageStart> starts) throws IOException {
    try (ImageGpt gpt = ImageGpt.open(Path.of(modelDir), 2)) {
      List<Tokens> drawn = new Sampler(gpt).draw(starts, OPTIONS, count -> {});
      List<SampledImage> samples = new ArrayList<>();
      for (int i = 0; i < starts.size(); i++) {
        samples.add(new SampledImage(starts.get(i).index(), drawn.get(i)));
      }
      return samples;
    }
  }
}
