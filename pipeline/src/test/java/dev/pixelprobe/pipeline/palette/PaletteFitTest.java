package dev.pixelprobe.pipeline.palette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Resample;
import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.data.Datasets;
import dev.pixelprobe.pipeline.data.DeadLetterLimit;
import dev.pixelprobe.pipeline.data.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PaletteFitTest {
  private static final Resizing TO_2_PX = new Resizing(2, Resample.BOX);

  /** float32 holds a centre to 2^-25 in each of three channels; an optimum forgives its square. */
  private static final double ROUNDING = 3 * Math.pow(2, -50);

  @TempDir static Path data;
  @TempDir private Path work;

  @BeforeAll
  static void writeData() throws IOException {
    CifarFiles.write(data, 12, 5, 3);
  }

  @Test
  void theRunnerAndItsParallelismDoNotMatter() throws IOException {
    PaletteFit fit = fit(10, 3, 0);

    FittedPalette one = run(fit, FlinkRunner.class, 1);

    assertThat(run(fit, FlinkRunner.class, 2)).isEqualTo(one);
    assertThat(run(fit, DirectRunner.class, 3)).isEqualTo(one);
  }

  @Test
  void theErrorFallsFromRoundToRound() throws IOException {
    FittedPalette fitted = direct(fit(10, 5, 0));

    assertThat(fitted.images()).isEqualTo(24);
    assertThat(fitted.deadLetters()).isZero();
    assertThat(fitted.palette().size()).isEqualTo(10);
    assertThat(fitted.compared()).isEmpty();
    assertThat(fitted.steps()).extracting(FitStep::round).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(fitted.steps()).allMatch(step -> step.pixels() == 24 * 4);
    for (int round = 1; round <= 5; round++) {
      assertThat(fitted.steps().get(round).meanSquaredError())
          .isLessThanOrEqualTo(fitted.steps().get(round - 1).meanSquaredError() + ROUNDING);
    }
    assertThat(fitted.steps().get(5).meanSquaredError())
        .isLessThan(0.95 * fitted.steps().get(0).meanSquaredError());
  }

  @Test
  void theSameSeedGivesTheSamePaletteAndAnotherAnother() throws IOException {
    FittedPalette fitted = direct(fit(10, 1, 7));

    assertThat(direct(fit(10, 1, 7))).isEqualTo(fitted);
    assertThat(direct(fit(10, 1, 8)).steps().get(0).meanSquaredError())
        .isNotEqualTo(fitted.steps().get(0).meanSquaredError());
  }

  @Test
  void asManyColoursAsTheImagesHaveLeaveNoError() throws IOException {
    Limits fourImages = Limits.NONE.withTrain(4);
    FitStep start = direct(fit(10, 1, 0, fourImages, 0)).steps().get(0);

    FittedPalette all = direct(fit((int) start.distinct(), 1, 0, fourImages, 0));

    assertThat(all.steps()).allMatch(step -> step.meanSquaredError() <= ROUNDING);
    assertThat(all.steps()).allMatch(step -> step.empty() == 0);
    assertThat(all.steps().get(1).psnr()).isGreaterThan(150);
  }

  @Test
  void imagesOfTheTestSplitAndBeyondTheLimitAreNotLookedAt() throws IOException {
    FittedPalette fitted = direct(fit(10, 1, 0, Limits.NONE.withTrain(15), 0));

    assertThat(fitted.images()).isEqualTo(15);
    assertThat(fitted.steps().get(0).pixels()).isEqualTo(15 * 4);
  }

  @Test
  void withoutResizingEveryPixelCounts() throws IOException {
    PaletteFit fit =
        new PaletteFit(
            Datasets.open("cifar10", data.toString(), Limits.NONE.withTrain(2)),
            Resizing.NONE,
            8,
            1,
            0,
            Optional.empty(),
            new DeadLetterLimit(0));

    assertThat(direct(fit).steps().get(0).pixels()).isEqualTo(2 * 1024);
  }

  @Test
  void aPaletteFromElsewhereIsMeasuredOnTheSamePixels() throws IOException {
    FittedPalette fitted = direct(fit(10, 2, 0));
    PaletteFit plain = fit(10, 2, 0);
    PaletteFit again =
        new PaletteFit(
            plain.dataset(),
            TO_2_PX,
            10,
            1,
            3,
            Optional.of(fitted.palette()),
            new DeadLetterLimit(0));

    FitStep compared = direct(again).compared().orElseThrow();

    FitStep last = fitted.steps().get(2);
    assertThat(compared.meanSquaredError()).isEqualTo(last.meanSquaredError());
    assertThat(compared.pixels()).isEqualTo(last.pixels());
  }

  @Test
  void unusableRecordsAreCountedUpToTheLimit() throws IOException {
    Path cut = CifarFiles.write(work.resolve("cut"), 12, 5, 3);
    byte[] whole = Files.readAllBytes(CifarFiles.train(cut, 1));
    Files.write(CifarFiles.train(cut, 1), Arrays.copyOf(whole, whole.length - 1));
    PaletteFit plain = fit(10, 1, 0);
    PaletteFit tolerant =
        new PaletteFit(
            Datasets.open("cifar10", cut.toString(), Limits.NONE),
            plain.resizing(),
            10,
            1,
            0,
            Optional.empty(),
            new DeadLetterLimit(1 / 24.0));

    FittedPalette fitted = direct(tolerant);

    assertThat(fitted.deadLetters()).isOne();
    assertThat(fitted.images()).isEqualTo(23);
  }

  @Test
  void dataWithoutATrainingImageIsRefused() throws IOException {
    Path cut = CifarFiles.write(work.resolve("cut"), 12, 5, 3);
    Files.write(CifarFiles.train(cut, 1), new byte[10]);
    Files.write(CifarFiles.train(cut, 2), new byte[10]);
    PaletteFit nothing =
        new PaletteFit(
            Datasets.open("cifar10", cut.toString(), Limits.NONE),
            TO_2_PX,
            10,
            1,
            0,
            Optional.empty(),
            new DeadLetterLimit(1));

    assertThatThrownBy(() -> direct(nothing))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("cifar10: expected training images, got none");
  }

  /** 10 log10(2² / (0.012 / 3)). */
  @Test
  void thePeakSignalToNoiseRatioIsOfTheErrorOfAChannel() {
    FitStep step = new FitStep(0, 1, 1, 0.012, 0, List.of());

    assertThat(step.psnr()).isEqualTo(30);
  }

  private static PaletteFit fit(int colours, int rounds, long seed) throws IOException {
    return fit(colours, rounds, seed, Limits.NONE, 0);
  }

  private static PaletteFit fit(
      int colours, int rounds, long seed, Limits limits, double deadLetters) throws IOException {
    return new PaletteFit(
        Datasets.open("cifar10", data.toString(), limits),
        TO_2_PX,
        colours,
        rounds,
        seed,
        Optional.empty(),
        new DeadLetterLimit(deadLetters));
  }

  private FittedPalette direct(PaletteFit fit) throws IOException {
    return run(fit, DirectRunner.class, 2);
  }

  private FittedPalette run(
      PaletteFit fit, Class<? extends PipelineRunner<?>> runner, int parallelism)
      throws IOException {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(runner);
    options.as(FlinkPipelineOptions.class).setParallelism(parallelism);
    return fit.run(Files.createTempDirectory(work, "fit"), options);
  }
}
