package dev.pixelprobe.pipeline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.ForwardPass;
import dev.pixelprobe.model.ImageGpt;
import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.model.Tokens;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.data.Batch;
import dev.pixelprobe.pipeline.data.BatchCoder;
import dev.pixelprobe.pipeline.data.DeadLetter;
import dev.pixelprobe.pipeline.data.ImageId;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureVectors;
import dev.pixelprobe.pipeline.features.ImageFeatures;
import dev.pixelprobe.pipeline.features.ImageFeaturesCoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExtractFeaturesTest {
  private static final List<LayerFeature> FEATURES =
      List.of(
          new LayerFeature(LayerFeature.Kind.LN_1, 0),
          new LayerFeature(LayerFeature.Kind.LN_1, 2),
          new LayerFeature(LayerFeature.Kind.H, 1));

  @TempDir static Path dir;
  private static String modelDir = "";

  @BeforeAll
  static void writeModel() throws IOException {
    modelDir = TinyModel.write(dir.resolve("model")).toString();
  }

  @Test
  void everyImageComesOutOnceWithWhatTheModelSaysOfIt() throws IOException {
    List<List<TokenizedImage>> batches =
        List.of(
            images(Split.TRAIN, "a", 0, 4),
            images(Split.TRAIN, "a", 4, 8),
            images(Split.TRAIN, "a", 8, 10),
            images(Split.TRAIN, "b", 0, 1),
            images(Split.TEST, "a", 0, 4),
            images(Split.TEST, "a", 4, 7));
    List<ImageFeatures> expected = new ArrayList<>();
    try (ImageGpt gpt = ImageGpt.open(Path.of(modelDir), 2)) {
      for (List<TokenizedImage> batch : batches) {
        boolean scored = batch.get(0).id().split() == Split.TEST;
        expected.addAll(run(gpt, batch, InputReading.SOS, scored));
      }
    }

    MetricQueryResults metrics = extract(batches, InputReading.SOS, expected);

    assertThat(expected).hasSize(18);
    assertThat(counter(metrics, "images")).isEqualTo(18);
    assertThat(counter(metrics, "batches")).isEqualTo(6);
    DistributionResult sizes = distribution(metrics, "batch_size");
    assertThat(sizes).isEqualTo(DistributionResult.create(18, 6, 1, 4));
    assertThat(distribution(metrics, "inference_ms").getCount()).isEqualTo(6);
    assertThat(distribution(metrics, "inference_ms").getMin()).isNotNegative();
    assertThat(distribution(metrics, "model_load_ms").getCount()).isPositive();
    assertThat(distribution(metrics, "model_load_ms").getMin()).isNotNegative();
  }

  @Test
  void theHfReadingScoresNoImage() throws IOException {
    List<TokenizedImage> images = images(Split.TEST, "a", 0, 3);
    List<ImageFeatures> expected;
    try (ImageGpt gpt = ImageGpt.open(Path.of(modelDir), 2)) {
      expected = run(gpt, images, InputReading.HF, false);
    }

    extract(List.of(images), InputReading.HF, expected);

    assertThat(expected).allMatch(image -> Float.isNaN(image.natsPerToken()));
  }

  @Test
  void withoutScoresTheFeaturesAreTheSame() throws IOException {
    List<TokenizedImage> images = images(Split.TEST, "a", 0, 3);
    List<ImageFeatures> expected;
    try (ImageGpt gpt = ImageGpt.open(Path.of(modelDir), 2)) {
      expected = run(gpt, images, InputReading.SOS, false);
    }

    extract(List.of(images), extraction(InputReading.SOS).withoutScores(), expected);

    assertThat(expected).allMatch(image -> Float.isNaN(image.natsPerToken()));
  }

  @Test
  void aBundleThatIsRetriedGivesTheSameBitForBit() throws IOException {
    List<List<TokenizedImage>> batches =
        List.of(
            images(Split.TEST, "a", 0, 4),
            images(Split.TEST, "a", 4, 8),
            images(Split.TEST, "a", 8, 11));
    List<ImageFeatures> expected = new ArrayList<>();
    try (ImageGpt gpt = ImageGpt.open(Path.of(modelDir), 2)) {
      for (List<TokenizedImage> batch : batches) {
        expected.addAll(run(gpt, batch, InputReading.SOS, true));
      }
    }
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setParallelism(2);
    Path conf = Files.createDirectory(dir.resolve("conf"));
    Files.writeString(
        conf.resolve("config.yaml"),
        "restart-strategy.type: fixed-delay\nrestart-strategy.fixed-delay.delay: 10 ms\n");
    options.setFlinkConfDir(conf.toString());
    Pipeline pipeline = Pipeline.create(options);
    PCollection<ImageFeatures> features =
        pipeline
            .apply(asElements(batches))
            .apply("ExtractFeatures", extraction(InputReading.SOS))
            .get(Extracted.FEATURES)
            .apply("FailOnce", ParDo.of(new FailOnceFn()))
            .setCoder(ImageFeaturesCoder.of());
    PAssert.that(features).containsInAnyOrder(expected);

    pipeline.run().waitUntilFinish();

    assertThat(FailOnceFn.SEEN.get()).isGreaterThan(expected.size());
  }

  /** Fails at the seventh image that it sees in this JVM. */
  private static final class FailOnceFn extends DoFn<ImageFeatures, ImageFeatures> {
    static final AtomicInteger SEEN = new AtomicInteger();

    @ProcessElement
    public void pass(@Element ImageFeatures image, OutputReceiver<ImageFeatures> out) {
      if (SEEN.incrementAndGet() == 7) {
        throw new IllegalStateException("a worker is lost");
      }
      out.output(image);
    }
  }

  private static ExtractFeatures extraction(InputReading reading) {
    return ExtractFeatures.of(modelDir, FEATURES, reading, Precision.F32);
  }

  private static MetricQueryResults extract(
      List<List<TokenizedImage>> batches, InputReading reading, List<ImageFeatures> expected) {
    return extract(batches, extraction(reading), expected);
  }

  private static MetricQueryResults extract(
      List<List<TokenizedImage>> batches,
      ExtractFeatures extraction,
      List<ImageFeatures> expected) {
    Pipeline pipeline = Pipeline.create();
    PCollection<ImageFeatures> features =
        pipeline
            .apply(asElements(batches))
            .apply("ExtractFeatures", extraction)
            .get(Extracted.FEATURES);
    PAssert.that(features).containsInAnyOrder(expected);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.inNamespace(ExtractFeatures.class))
                .build());
  }

  /** With a batch of which nothing could be read. */
  private static Create.Values<Batch<TokenizedImage>> asElements(
      List<List<TokenizedImage>> batches) {
    List<Batch<TokenizedImage>> elements = new ArrayList<>();
    batches.forEach(batch -> elements.add(new Batch<>(batch, List.of())));
    elements.add(new Batch<>(List.of(), List.of(new DeadLetter("c", 0, "cut short"))));
    return Create.of(elements).withCoder(BatchCoder.of(TokenizedImageCoder.of()));
  }

  /** What the model itself says of a batch. */
  private static List<ImageFeatures> run(
      ImageGpt gpt, List<TokenizedImage> batch, InputReading reading, boolean scored) {
    ForwardPass pass =
        gpt.run(
            batch.stream().map(TokenizedImage::tokens).toList(),
            new ForwardPass.Query(FEATURES, reading, scored));
    List<ImageFeatures> expected = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      TokenizedImage image = batch.get(i);
      float[] vectors = new float[3 * 8];
      for (int column = 0; column < 3; column++) {
        System.arraycopy(pass.feature(column, i), 0, vectors, column * 8, 8);
      }
      expected.add(
          new ImageFeatures(
              image.id().toString(),
              image.id().split(),
              image.label(),
              image.tokens(),
              image.pixels(),
              scored ? pass.natsPerToken()[i] : Float.NaN,
              FeatureVectors.wrap(vectors)));
    }
    return expected;
  }

  private static List<TokenizedImage> images(Split split, String shard, int from, int to) {
    List<TokenizedImage> images = new ArrayList<>();
    for (int record = from; record < to; record++) {
      ImageId id = ImageId.inShard("d", split, shard, record);
      Random random = new Random(id.toString().hashCode());
      short[] tokens = new short[16];
      for (int i = 0; i < tokens.length; i++) {
        tokens[i] = (short) random.nextInt(6);
      }
      byte[] rgb = new byte[16 * 3];
      random.nextBytes(rgb);
      images.add(new TokenizedImage(id, record % 3, RgbImage.wrap(4, 4, rgb), Tokens.wrap(tokens)));
    }
    return images;
  }

  private static long counter(MetricQueryResults metrics, String name) {
    return named(metrics.getCounters(), name);
  }

  private static DistributionResult distribution(MetricQueryResults metrics, String name) {
    return named(metrics.getDistributions(), name);
  }

  private static <T> T named(Iterable<MetricResult<T>> results, String name) {
    for (MetricResult<T> result : results) {
      if (result.getName().getName().equals(name)) {
        return result.getAttempted();
      }
    }
    throw new AssertionError("no metric " + name);
  }
}
