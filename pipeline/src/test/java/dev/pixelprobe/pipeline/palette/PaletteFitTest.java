package dev.pixelprobe.pipeline.palette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Palette;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class PaletteFitTest {
  private static final Resizing TO_2_PX = new Resizing(2, Resample.BOX);

  /** float32 holds a centre to 2^-25 in each of three channels; an optimum forgives its square. */
  private static final double ROUNDING = 3 * Math.pow(2, -50);

  @TempDir static Path dir;

  private static Path data = Path.of("");
  private static FittedPalette fitted;

  @BeforeAll
  static void fitOnce() throws IOException {
    data = CifarFiles.write(dir.resolve("data"), 12, 5, 3);
    fitted = run(fit(10, 3, 0), FlinkRunner.class, 1);
  }

  @Test
  void theRunnerAndItsParallelismDoNotMatter() throws IOException {
    assertThat(run(fit(10, 3, 0), FlinkRunner.class, 2)).isEqualTo(fitted);
    assertThat(direct(fit(10, 3, 0))).isEqualTo(fitted);
  }

  @Test
  void theErrorFallsFromRoundToRound() {
    assertThat(fitted.images()).isEqualTo(24);
    assertThat(fitted.deadLetters()).isZero();
    assertThat(fitted.palette().size()).isEqualTo(10);
    assertThat(fitted.compared()).isEmpty();
    assertThat(fitted.steps()).extracting(FitStep::round).containsExactly(0, 1, 2, 3);
    assertThat(fitted.steps()).allMatch(step -> step.pixels() == 24 * 4);
    for (int round = 1; round <= 3; round++) {
      assertThat(error(fitted, round)).isLessThanOrEqualTo(error(fitted, round - 1) + ROUNDING);
    }
    assertThat(error(fitted, 3)).isLessThan(0.95 * error(fitted, 0));
  }

  @Test
  void anotherSeedStartsElsewhere() throws IOException {
    assertThat(error(direct(fit(10, 1, 8)), 0)).isNotEqualTo(error(fitted, 0));
  }

  @Test
  void asManyColoursAsTheFirstTwoImagesHaveLeaveThemNoError() throws IOException {
    FittedPalette all =
        direct(fit(data, Limits.NONE.withTrain(2), TO_2_PX, 8, 1, 0, Optional.empty(), 0));

    assertThat(all.images()).isEqualTo(2);
    for (FitStep step : all.steps()) {
      assertThat(step.pixels()).isEqualTo(2 * 4);
      assertThat(step.distinct()).isEqualTo(8);
      assertThat(step.empty()).isZero();
      assertThat(step.meanSquaredError()).isLessThanOrEqualTo(ROUNDING);
      assertThat(step.psnr()).isGreaterThan(150);
    }
  }

  @Test
  void aPaletteFromElsewhereIsMeasuredOnTheSamePixels() throws IOException {
    PaletteFit again = fit(data, Limits.NONE, TO_2_PX, 10, 1, 3, Optional.of(fitted.palette()), 0);

    FitStep compared = direct(again).compared().orElseThrow();

    FitStep last = fitted.steps().get(3);
    assertThat(compared.meanSquaredError()).isEqualTo(last.meanSquaredError());
    assertThat(compared.pixels()).isEqualTo(last.pixels());
  }

  @Test
  void unusableRecordsAreCountedAndAllPixelsOfTheOthersUsed() throws IOException {
    Path cut = CifarFiles.write(dir.resolve("cut"), 12, 5, 3);
    byte[] whole = Files.readAllBytes(CifarFiles.train(cut, 1));
    Files.write(CifarFiles.train(cut, 1), Arrays.copyOf(whole, whole.length - 1));

    PaletteFit tolerant =
        fit(cut, Limits.NONE, Resizing.NONE, 10, 1, 0, Optional.empty(), 1 / 24.0);
    FittedPalette rest = run(tolerant, FlinkRunner.class, 2);

    assertThat(rest.deadLetters()).isOne();
    assertThat(rest.images()).isEqualTo(23);
    assertThat(rest.steps().get(0).pixels()).isEqualTo(23 * 1024);
  }

  @Test
  void dataWithoutATrainingImageIsRefused() throws IOException {
    Path empty = CifarFiles.write(dir.resolve("empty"), 12, 5, 3);
    Files.write(CifarFiles.train(empty, 1), new byte[10]);
    Files.write(CifarFiles.train(empty, 2), new byte[10]);
    PaletteFit nothing = fit(empty, Limits.NONE, TO_2_PX, 10, 1, 0, Optional.empty(), 1);

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

  private static double error(FittedPalette palette, int round) {
    return palette.steps().get(round).meanSquaredError();
  }

  private static PaletteFit fit(int colours, int rounds, long seed) throws IOException {
    return fit(data, Limits.NONE, TO_2_PX, colours, rounds, seed, Optional.empty(), 0);
  }

  private static PaletteFit fit(
      Path images,
      Limits limits,
      Resizing resizing,
      int colours,
      int rounds,
      long seed,
      Optional<Palette> compared,
      double deadLetters)
      throws IOException {
    return new PaletteFit(
        Datasets.open("cifar10", images.toString(), limits),
        resizing,
        colours,
        rounds,
        seed,
        compared,
        new DeadLetterLimit(deadLetters));
  }

  private static FittedPalette direct(PaletteFit fit) throws IOException {
    return run(fit, DirectRunner.class, 2);
  }

  private static FittedPalette run(
      PaletteFit fit, Class<? extends PipelineRunner<?>> runner, int parallelism)
      throws IOException {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(runner);
    options.as(FlinkPipelineOptions.class).setParallelism(parallelism);
    return fit.run(Files.createTempDirectory(dir, "fit").toString(), options);
  }
}
