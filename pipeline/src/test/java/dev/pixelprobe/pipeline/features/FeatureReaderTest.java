package dev.pixelprobe.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import dev.pixelprobe.pipeline.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FeatureReaderTest {
  private static final String FIRST = "train-00000-of-00002.parquet";

  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    Sets.write(directory);
  }

  @Test
  void rowsComeInTheNaturalOrderOfTheirIdsOverAllFiles() throws IOException {
    FeatureTable table = open().features(Split.TRAIN, List.of("h_2"));

    assertThat(table.ids())
        .isEqualTo(IntStream.range(0, 12).mapToObj(i -> "tiny/train/a.bin#" + i).toList());
    assertThat(table.width()).isEqualTo(5);
    for (int row = 0; row < 12; row++) {
      ImageFeatures expected = Sets.row(Split.TRAIN, row);
      assertThat(table.labels()[row]).isEqualTo(expected.label());
      for (int i = 0; i < 5; i++) {
        assertThat(table.values()[row * 5 + i]).isEqualTo(expected.features().get(3 * 5 + i));
      }
    }
  }

  @Test
  void severalLayersStandSideBySideInTheOrderAskedFor() throws IOException {
    FeatureTable table = open().features(Split.TRAIN, List.of("h_2", "ln_1_0"));

    assertThat(table.width()).isEqualTo(10);
    assertThat(table.values()).hasSize(120);
    for (int row = 0; row < 12; row++) {
      FeatureVectors expected = Sets.row(Split.TRAIN, row).features();
      for (int i = 0; i < 5; i++) {
        assertThat(table.values()[row * 10 + i]).isEqualTo(expected.get(3 * 5 + i));
        assertThat(table.values()[row * 10 + 5 + i]).isEqualTo(expected.get(i));
      }
    }
  }

  /** Readers once shared their codecs, and closing one could trip another. */
  @Test
  void manyThreadsMayReadAtOnce() throws Exception {
    FeatureReader reader = open();
    float[] expected = reader.pixels(Split.TRAIN).values();
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Callable<float[]>> reads =
          Collections.nCopies(4_000, () -> reader.pixels(Split.TRAIN).values());

      for (Future<float[]> read : threads.invokeAll(reads)) {
        assertThat(read.get()).containsExactly(expected);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aFewImagesAreThoseOfTheirRows() throws IOException {
    float[] all = open().pixels(Split.TRAIN).values();
    int size = all.length / 12;

    List<RgbImage> images = open().images(Split.TRAIN, List.of(11, 2, 7));

    for (int i = 0; i < size; i++) {
      assertThat(images.get(0).bytes()[i] & 0xff).isEqualTo((int) all[11 * size + i]);
      assertThat(images.get(1).bytes()[i] & 0xff).isEqualTo((int) all[2 * size + i]);
      assertThat(images.get(2).bytes()[i] & 0xff).isEqualTo((int) all[7 * size + i]);
    }
    assertThat(images.get(0)).isNotEqualTo(images.get(1));
  }

  @Test
  void anUnknownLayerIsRefusedWithTheKnownOnes() throws IOException {
    FeatureReader reader = open();

    assertThatThrownBy(() -> reader.features(Split.TEST, List.of("ln_1_1")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected one of ln_1_0, ln_1_2, h_0, h_2, got ln_1_1;");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(directory.resolve(FIRST));

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            directory.resolve(FIRST)
                + ": expected a file, got none; delete the feature set and extract it again");
  }

  @Test
  void aFileWithOtherRowsIsNamed() throws IOException {
    Files.delete(directory.resolve(FIRST));
    Sets.writeFile(directory.resolve(FIRST), Sets.LAYOUT, Sets.rows(Split.TRAIN, 6, 11));

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(FIRST + ": expected 6 rows, got 5;");
  }

  @Test
  void aRowThatIsThereTwiceIsNamed() throws IOException {
    Files.delete(directory.resolve(FIRST));
    Sets.writeFile(directory.resolve(FIRST), Sets.LAYOUT, Sets.rows(Split.TRAIN, 5, 11));

    assertThatThrownBy(() -> open().pixels(Split.TRAIN))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("tiny/train/a.bin#5: expected one row, got two;");
  }

  @Test
  void lostDeadLettersAreNoticed() throws IOException {
    Files.writeString(directory.resolve(DeadLetterFile.NAME), "");

    assertThatThrownBy(this::open)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("dead-letters.jsonl: expected 1 lines, got 0;");
  }

  private FeatureReader open() throws IOException {
    return FeatureReader.open(directory.toString());
  }
}
