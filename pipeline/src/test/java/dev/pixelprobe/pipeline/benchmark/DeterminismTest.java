package dev.pixelprobe.pipeline.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.data.Datasets;
import dev.pixelprobe.pipeline.data.DeadLetterLimit;
import dev.pixelprobe.pipeline.data.Limits;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.extract.BatchSize;
import dev.pixelprobe.pipeline.extract.Extraction;
import dev.pixelprobe.pipeline.extract.FrozenImageGpt;
import dev.pixelprobe.pipeline.features.FeatureColumn;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.probe.LayerChoice;
import dev.pixelprobe.pipeline.probe.ProbePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner and its parallelism decide how fast an answer comes, never what it is. */
final class DeterminismTest {
  private static final List<LayerFeature.Kind> KINDS =
      List.of(LayerFeature.Kind.LN_1, LayerFeature.Kind.H);
  private static final ProbePlan PLAN =
      new ProbePlan(
          new LayerChoice(List.of(0, 2), List.of(List.of(1, 2))).inputs(KINDS),
          List.of(0.01, 1.0),
          0,
          List.of(2, 6),
          2);

  @TempDir static Path dir;

  private static Run one;
  private static Run two;
  private static Run direct;

  /** A feature set and what was found in it. */
  private record Run(FeatureReader features, Scores scores) {}

  @BeforeAll
  static void runThreeTimes() throws IOException {
    Path modelDir = TinyModel.write(dir.resolve("model"));
    Extraction extraction =
        new Extraction(
            Datasets.open(
                "cifar10",
                CifarFiles.write(dir.resolve("data"), 41, 30, 3).toString(),
                Limits.NONE.withTrain(70)),
            new FrozenImageGpt(
                modelDir.toString(),
                ModelInfo.read(modelDir),
                KINDS.stream()
                    .flatMap(kind -> Stream.of(0, 1, 2).map(layer -> new LayerFeature(kind, layer)))
                    .toList(),
                InputReading.SOS,
                Precision.F32),
            BatchSize.DEFAULT.withImages(8),
            new DeadLetterLimit(0));
    one = run(extraction, "one", FlinkRunner.class, 1);
    two = run(extraction, "two", FlinkRunner.class, 2);
    direct = run(extraction, "direct", DirectRunner.class, 2);
  }

  @Test
  void everyImageIsThereOnceInTheOrderOfTheFiles() throws IOException {
    List<String> ids = one.features().labels(Split.TRAIN).ids();
    assertThat(ids).hasSize(70).doesNotHaveDuplicates();
    assertThat(ids.get(0)).isEqualTo("cifar10/train/data_batch_1.bin#0");
    assertThat(ids.get(69)).isEqualTo("cifar10/train/data_batch_2.bin#28");
    assertThat(one.features().labels(Split.TEST).ids()).hasSize(30);
    assertThat(one.features().manifest().scored().images()).isEqualTo(30);
  }

  @Test
  void featuresAreTheSameBitForBit() throws IOException {
    for (Run other : List.of(two, direct)) {
      for (Split split : Split.values()) {
        assertThat(other.features().labels(split).ids())
            .isEqualTo(one.features().labels(split).ids());
        assertThat(other.features().labels(split).labels())
            .isEqualTo(one.features().labels(split).labels());
        for (FeatureColumn column : one.features().manifest().columns()) {
          assertThat(other.features().features(split, List.of(column.name())).values())
              .as("%s of %s", column.name(), split)
              .isEqualTo(one.features().features(split, List.of(column.name())).values());
        }
        assertThat(other.features().pixels(split).values())
            .isEqualTo(one.features().pixels(split).values());
        assertThat(other.features().natsPerToken(split).values())
            .isEqualTo(one.features().natsPerToken(split).values());
      }
    }
  }

  @Test
  void probesFindTheSame() {
    assertThat(two.scores()).isEqualTo(one.scores());
    assertThat(direct.scores()).isEqualTo(one.scores());
  }

  @Test
  void probesComeLayerByLayerAfterTheBaselines() {
    assertThat(one.scores().baselines())
        .extracting(probe -> probe.name())
        .containsExactly("majority", "colour_histogram", "pixels");
    assertThat(one.scores().probes())
        .extracting(probe -> probe.subject().label())
        .containsExactly("ln_1 0", "ln_1 2", "ln_1 1+2", "h 0", "h 2", "h 1+2");
    // Three tints that differ by 25 of 255, under noise that the model's 4 x 4 pixels average out.
    assertThat(one.scores().baselines().get(2).testAccuracy()).isGreaterThan(0.9);
    assertThat(one.scores().baselines().get(0).testAccuracy()).isEqualTo(10 / 30.0);
  }

  @Test
  void probesWithFewLabelsComeInTheSameOrderAndMajorityHasNone() {
    assertThat(one.scores().labelEfficiency())
        .extracting(few -> few.subject().label() + ": " + few.labelsPerClass())
        .containsExactly(
            "ln_1 0: 2",
            "ln_1 0: 6",
            "ln_1 2: 2",
            "ln_1 2: 6",
            "ln_1 1+2: 2",
            "ln_1 1+2: 6",
            "h 0: 2",
            "h 0: 6",
            "h 2: 2",
            "h 2: 6",
            "h 1+2: 2",
            "h 1+2: 6",
            "colour histogram: 2",
            "colour histogram: 6",
            "pixels: 2",
            "pixels: 6");
    assertThat(one.scores().labelEfficiency())
        .allSatisfy(few -> assertThat(few.perDraw()).hasSize(2));
    assertThat(one.scores().labelEfficiency().get(15).testAccuracyMean()).isGreaterThan(0.9);
  }

  private static Run run(
      Extraction extraction,
      String name,
      Class<? extends PipelineRunner<?>> runner,
      int parallelism)
      throws IOException {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(runner);
    options.as(FlinkPipelineOptions.class).setParallelism(parallelism);
    Path features = Files.createDirectory(dir.resolve(name));
    FeatureSets.uncached(options).place(extraction, features.resolve("set").toString());
    FeatureReader reader = FeatureReader.open(features.resolve("set").toString());
    Path work = Files.createDirectory(features.resolve("work"));
    return new Run(reader, Scores.of(reader, PLAN, work.toString(), options));
  }
}
