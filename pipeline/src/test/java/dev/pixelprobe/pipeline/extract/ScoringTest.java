package dev.pixelprobe.pipeline.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InputReading;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.data.DatasetPlan;
import dev.pixelprobe.pipeline.data.Datasets;
import dev.pixelprobe.pipeline.data.DeadLetterLimit;
import dev.pixelprobe.pipeline.data.Limits;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScoringTest {
  @TempDir static Path modelDir;
  @TempDir private Path dir;
  private Path data = Path.of("");

  @BeforeAll
  static void writeModel() throws IOException {
    TinyModel.write(modelDir);
  }

  @BeforeEach
  void writeData() throws IOException {
    data = CifarFiles.write(dir.resolve("data"), 6, 21, 3);
  }

  @Test
  void testImagesScoreAsTheyDoInAFeatureSetOnAnyRunner() throws IOException {
    Path set = Files.createDirectory(dir.resolve("set"));
    new Extraction(
            plan(Limits.NONE),
            new FrozenImageGpt(
                modelDir.toString(),
                ModelInfo.read(modelDir),
                List.of(new LayerFeature(LayerFeature.Kind.LN_1, 1)),
                InputReading.SOS,
                Precision.F32),
            BatchSize.DEFAULT.withImages(8),
            new DeadLetterLimit(0))
        .writeTo(set.toString(), options(DirectRunner.class, 2));
    List<Double> expected = new ArrayList<>();
    for (float nats : FeatureReader.open(set.toString()).natsPerToken(Split.TEST).values()) {
      expected.add((double) nats);
    }
    assertThat(expected).hasSize(21).doesNotContain(Double.NaN);

    Scoring scoring = scoring(Limits.NONE, Split.TEST, 0);

    assertThat(scoring.images()).hasValue(21);
    for (PipelineOptions options :
        List.of(
            options(DirectRunner.class, 2),
            options(FlinkRunner.class, 1),
            options(FlinkRunner.class, 2))) {
      Scoring.Scored scored = run(scoring, options);
      assertThat(scored.natsPerToken()).isEqualTo(expected);
      assertThat(scored.deadLetters()).isZero();
    }
  }

  @Test
  void trainingImagesAreScoredWhenAskedFor() throws IOException {
    Scoring scoring = scoring(Limits.NONE.withTrain(7), Split.TRAIN, 0);

    assertThat(run(scoring, options(DirectRunner.class, 2)).natsPerToken()).hasSize(7);
  }

  @Test
  void unusableRecordsAreCountedUpToTheLimit() throws IOException {
    byte[] whole = Files.readAllBytes(CifarFiles.test(data));
    Files.write(CifarFiles.test(data), Arrays.copyOf(whole, whole.length - 1));

    Scoring.Scored scored =
        run(scoring(Limits.NONE, Split.TEST, 1 / 21.0), options(DirectRunner.class, 2));

    assertThat(scored.natsPerToken()).hasSize(20);
    assertThat(scored.deadLetters()).isOne();
    assertThatThrownBy(
            () -> run(scoring(Limits.NONE, Split.TEST, 0), options(DirectRunner.class, 2)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1 of 21");
  }

  @Test
  void aSplitOfWhichNothingIsLeftIsRefused() throws IOException {
    Files.write(CifarFiles.test(data), new byte[10]);

    assertThatThrownBy(
            () -> run(scoring(Limits.NONE, Split.TEST, 1), options(DirectRunner.class, 2)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("cifar10: expected test images, got none");
  }

  @Test
  void aScoreIsReadAsItWasWritten() {
    ImageScore score = new ImageScore("folders/test/a b/c d.png#3", 1 / 3f);

    assertThat(ImageScore.parse(score.toLine())).isEqualTo(score);
  }

  private Scoring scoring(Limits limits, Split split, double deadLetters) throws IOException {
    return new Scoring(
        plan(limits),
        split,
        modelDir.toString(),
        ModelInfo.read(modelDir),
        BatchSize.DEFAULT.withImages(8),
        new DeadLetterLimit(deadLetters));
  }

  private DatasetPlan plan(Limits limits) throws IOException {
    return Datasets.open("cifar10", data.toString(), limits);
  }

  private Scoring.Scored run(Scoring scoring, PipelineOptions options) throws IOException {
    return scoring.run(Files.createTempDirectory(dir, "score").toString(), options);
  }

  private static PipelineOptions options(
      Class<? extends PipelineRunner<?>> runner, int parallelism) {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(runner);
    options.as(FlinkPipelineOptions.class).setParallelism(parallelism);
    return options;
  }
}
