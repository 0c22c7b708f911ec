package dev.pixelprobe.pipeline.distance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pixelprobe.eval.distance.FeatureSummary;
import dev.pixelprobe.eval.distance.Features;
import dev.pixelprobe.eval.distance.GenerativeMetrics;
import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.ModelInfo;
import dev.pixelprobe.model.Palette;
import dev.pixelprobe.model.Precision;
import dev.pixelprobe.model.array.NpyArray;
import dev.pixelprobe.model.encoder.EncoderInspection;
import dev.pixelprobe.model.encoder.EncoderSettings;
import dev.pixelprobe.pipeline.TinyEncoder;
import dev.pixelprobe.pipeline.TinyModel;
import dev.pixelprobe.pipeline.extract.BatchSize;
import dev.pixelprobe.pipeline.extract.FrozenEncoder;
import dev.pixelprobe.pipeline.features.FeatureColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExtractorTest {
  private static final EncoderSettings TO_8_PX =
      new EncoderSettings(null, null, 8, null, null, null, null, null);

  @TempDir static Path dir;

  private static Path gpt = Path.of("");
  private static Path encoder = Path.of("");

  @BeforeAll
  static void writeModels() throws IOException {
    gpt = TinyModel.write(dir.resolve("gpt"));
    encoder = TinyEncoder.floats(dir.resolve("encoder"));
  }

  private static Palette palette() throws IOException {
    return ModelInfo.read(gpt).palette(gpt);
  }

  @Test
  void ofAnImageGptTheMiddleLayerIsTheDefault() throws IOException {
    Extractor extractor = Extractors.ofImageGpt(gpt.toString(), null, Precision.F32);

    assertThat(extractor.label())
        .isEqualTo("igpt-tiny ln_1_1, PIL box (antialiased, 8 bits) to 4 px");
    assertThat(extractor.column().dim()).isEqualTo(TinyModel.ARCHITECTURE.nEmbd());
    assertThat(Extractors.ofImageGpt(gpt.toString(), "h_2", Precision.BF16).label())
        .isEqualTo("igpt-tiny h_2 in bf16, PIL box (antialiased, 8 bits) to 4 px");
  }

  @Test
  void ofAnyOtherModelTheOutputIsTheTap() throws IOException {
    Extractor extractor =
        Extractors.ofSavedModel(
            encoder.toString(), TO_8_PX, "pool.mixed", Precision.F32, palette());

    assertThat(extractor.label())
        .isEqualTo("encoder pool.mixed, PIL bilinear (antialiased, 8 bits) to 8 px");
    assertThat(extractor.column().dim()).isEqualTo(2);
  }

  @Test
  void theOnlyOutputNeedNotBeNamed() throws IOException {
    Path bytes = TinyEncoder.bytes(dir.resolve("bytes"));

    Extractor extractor =
        Extractors.ofSavedModel(
            bytes.toString(), EncoderSettings.NONE, null, Precision.F32, palette());

    assertThat(extractor.label())
        .isEqualTo("bytes rows, PIL bilinear (antialiased, 8 bits) to 4 px");
  }

  @Test
  void anUnknownTapIsToldWhichThereAre() {
    assertThatThrownBy(() -> Extractors.ofImageGpt(gpt.toString(), "ln_1_3", Precision.F32))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("--tap", "ln_1_0 to ln_1_2", "h_0 to h_2", "got ln_1_3");
    assertThatThrownBy(
            () ->
                Extractors.ofSavedModel(
                    encoder.toString(), TO_8_PX, "pool", Precision.F32, palette()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("mean", "pool.mixed", "got pool");
  }

  /** As Inception will have it: pool.mixed is compared, mean stands for a classifier's logits. */
  @Test
  void oneColumnIsComparedAnotherIsScored() throws IOException {
    FrozenEncoder both =
        new FrozenEncoder(
            EncoderInspection.of(
                encoder, TO_8_PX.withOutput(List.of("mean", "pool.mixed")), Precision.F32),
            palette());
    FeatureColumn logits = both.columns().get(0);
    FeatureColumn column = both.columns().get(1);
    Extractor extractor = new Extractor(both, column, logits, "both", "8 px");
    byte[] pixels = new byte[12 * 8 * 8 * 3];
    new Random(1).nextBytes(pixels);
    NpyArray.of(pixels, 12, 8, 8, 3).write(dir.resolve("x.npy"));

    FeatureSummary summary =
        Runs.direct(
            new Summarizing(
                ImageSet.of(dir.resolve("x.npy").toString()),
                extractor,
                new Draw(7, 0),
                BatchSize.DEFAULT));

    Features mixed = Objects.requireNonNull(summary.kept());
    Features mean = Objects.requireNonNull(summary.logits());
    assertThat(mixed.rows()).isEqualTo(7);
    assertThat(mean.rows()).isEqualTo(7);
    for (int row = 0; row < 7; row++) {
      float blue = mean.values().get(row, 2);
      for (int j = 0; j < 2; j++) {
        assertThat(mixed.values().get(row, j))
            .isCloseTo(mean.values().get(row, j) + blue, within(1e-6f));
      }
    }
    assertThat(
            GenerativeMetrics.between(
                summary, summary, new GenerativeMetrics.Options(extractor.label(), 0)))
        .extracting(distance -> distance.metric() + " " + distance.dim())
        .startsWith("fid 2")
        .endsWith("inception_score 3");
  }

  @Test
  void aColumnThatTheModelDoesNotMakeIsRefused() throws IOException {
    Architecture architecture = TinyModel.ARCHITECTURE;
    Extractor extractor = Extractors.ofImageGpt(gpt.toString(), null, Precision.F32);
    FeatureColumn other = FeatureColumn.ofOutput("other", architecture.nEmbd());

    assertThatThrownBy(() -> new Extractor(extractor.model(), other, null, "x", "y"))
        .hasMessageContaining("output_other");
  }
}
