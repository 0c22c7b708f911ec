package dev.pixelprobe.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadImagesTest {
  @TempDir Path dir;
  private final Pipeline pipeline = Pipeline.create();

  /** Two training images and part of a third, one test image. */
  @BeforeEach
  void writeCifar() throws IOException {
    Files.write(dir.resolve("data_batch_1.bin"), new byte[2 * 3073 + 1]);
    Files.write(dir.resolve("test_batch.bin"), new byte[3073]);
  }

  @Test
  void imagesAndDeadLettersComeOutApartAndAreCounted() throws IOException {
    DatasetPlan plan = Datasets.open("cifar10", dir.toString(), Limits.NONE);
    Reading expected = Reading.of(plan);
    PCollectionTuple read = pipeline.apply(ReadImages.from(plan));
    PAssert.that(read.get(ReadImages.IMAGES)).containsInAnyOrder(expected.images);
    PAssert.that(read.get(ReadImages.DEAD_LETTERS)).containsInAnyOrder(expected.deadLetters);
    PipelineResult result = pipeline.run();
    assertThat(counter(result, "images_read")).isEqualTo(3);
    assertThat(counter(result, "dead_letters")).isEqualTo(1);
  }

  @Test
  void dataThatCannotBeTrustedFailsTheRun() throws IOException {
    byte[] wrongLabel = new byte[3073];
    wrongLabel[0] = 77;
    Files.write(dir.resolve("test_batch.bin"), wrongLabel);
    pipeline.apply(ReadImages.from(Datasets.open("cifar10", dir.toString(), Limits.NONE)));
    assertThatThrownBy(pipeline::run)
        .hasRootCauseInstanceOf(InvalidInputException.class)
        .rootCause()
        .hasMessageContaining("test_batch.bin record 0: expected a label in 0..9, got 77");
  }

  @Test
  void shapesAreDrawnByThePipeline() throws IOException {
    DatasetPlan plan = Datasets.open("shapes", null, Limits.NONE.withTrain(30).withTest(10));
    PAssert.that(pipeline.apply(ReadImages.from(plan)).get(ReadImages.IMAGES))
        .containsInAnyOrder(Reading.of(plan).images);
    pipeline.run();
  }

  @Test
  void anUnknownDataSetIsRefusedWithTheNamesOfTheKnownOnes() {
    assertThatThrownBy(() -> Datasets.open("mnist", dir.toString(), Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--dataset: expected one of shapes, cifar10,")
        .hasMessageEndingWith("got mnist");
  }

  @Test
  void aFolderIsAskedFor() {
    assertThatThrownBy(() -> Datasets.open("cifar10", null, Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("pass --data DIR");
  }

  @Test
  void aFolderNameWithGlobCharactersIsRefused() {
    assertThatThrownBy(() -> Datasets.open("cifar10", dir + "/[1]", Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a path without * ?");
  }

  private static long counter(PipelineResult result, String name) {
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named(ReadImages.class, name))
            .build();
    return result.metrics().queryMetrics(filter).getCounters().iterator().next().getAttempted();
  }
}
