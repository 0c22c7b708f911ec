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
import dev.pixelprobe.pipeline.data.Datasets;
import dev.pixelprobe.pipeline.data.DeadLetterLimit;
import dev.pixelprobe.pipeline.data.Limits;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.FeatureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExtractionTest {
  @TempDir static Path modelDir;
  @TempDir private Path dir;
  private Path data = Path.of("");

  @BeforeAll
  static void writeModel() throws IOException {
    TinyModel.write(modelDir);
  }

  @BeforeEach
  void writeData() throws IOException {
    data = CifarFiles.write(dir.resolve("data"), 5, 7, 2);
  }

  @Test
  void trainingImagesAreNotScoredAndTestImagesAre() throws IOException {
    FeatureReader features = extract(extraction(InputReading.SOS, 0));

    assertThat(features.natsPerToken(Split.TRAIN).values()).hasSize(10).containsOnly(Float.NaN);
    for (float nats : features.natsPerToken(Split.TEST).values()) {
      assertThat(nats).isBetween(0.1f, 10f);
    }
    assertThat(features.manifest().scored().images()).isEqualTo(7);
  }

  @Test
  void theHfReadingScoresNoImage() throws IOException {
    FeatureReader features = extract(extraction(InputReading.HF, 0));

    assertThat(features.natsPerToken(Split.TEST).values()).hasSize(7).containsOnly(Float.NaN);
    assertThat(features.manifest().scored().images()).isZero();
  }

  @Test
  void aRecordThatWasCutIsADeadLetterAndTheWholeOnesBeforeItAreUsed() throws IOException {
    cut(CifarFiles.train(data, 1), 100);

    FeatureReader features = extract(extraction(InputReading.SOS, 1 / 17.0));

    assertThat(features.labels(Split.TRAIN).rows()).isEqualTo(9);
    assertThat(features.manifest().dataset().nTrain()).isEqualTo(9);
    assertThat(features.manifest().deadLetters().count()).isOne();
    assertThat(Path.of(features.directory(), features.manifest().deadLetters().path()))
        .content()
        .contains("data_batch_1.bin", "\"record\":4");
  }

  @Test
  void moreDeadLettersThanToleratedFailTheRun() throws IOException {
    cut(CifarFiles.train(data, 1), 100);

    assertThatThrownBy(() -> extract(extraction(InputReading.SOS, 0.99 / 17)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "at most 5.824% of the records", "1 of 17", "data_batch_1.bin record 4");
    assertThat(dir.resolve("set/features.json")).doesNotExist();
  }

  @Test
  void aSplitOfWhichNothingIsLeftFailsTheRun() throws IOException {
    cut(CifarFiles.test(data), 7 * CifarFiles.RECORD_BYTES - 10);

    assertThatThrownBy(() -> extract(extraction(InputReading.SOS, 1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected test images, got none");
  }

  @Test
  void theDigestChangesWithAllThatChangesTheFeatures() throws IOException {
    Extraction sos = extraction(InputReading.SOS, 0);

    assertThat(extraction(InputReading.SOS, 0.5).digest()).isEqualTo(sos.digest());
    assertThat(extraction(InputReading.HF, 0).digest()).isNotEqualTo(sos.digest());
    byte[] bytes = Files.readAllBytes(CifarFiles.test(data));
    bytes[50]++;
    Files.write(CifarFiles.test(data), bytes);
    assertThat(extraction(InputReading.SOS, 0).digest()).isNotEqualTo(sos.digest());
  }

  private FeatureReader extract(Extraction extraction) throws IOException {
    Path set = Files.createDirectory(dir.resolve("set"));
    extraction.writeTo(set.toString(), PipelineOptionsFactory.create());
    return FeatureReader.open(set.toString());
  }

  private Extraction extraction(InputReading reading, double deadLetterLimit) throws IOException {
    return new Extraction(
        Datasets.open("cifar10", data.toString(), Limits.NONE),
        new FrozenImageGpt(
            modelDir.toString(),
            ModelInfo.read(modelDir),
            List.of(new LayerFeature(LayerFeature.Kind.LN_1, 1)),
            reading,
            Precision.F32),
        BatchSize.DEFAULT,
        new DeadLetterLimit(deadLetterLimit));
  }

  private static void cut(Path file, int bytes) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - bytes));
  }
}
