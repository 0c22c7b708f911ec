package dev.pixelprobe.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StlTest {
  private static final int IMAGE_BYTES = 96 * 96 * 3;

  @TempDir Path dir;

  @BeforeEach
  void writeThreeTrainingImagesAndATestImage() throws IOException {
    write("train_X.bin", new byte[3 * IMAGE_BYTES]);
    write("train_y.bin", new byte[] {1, 10, 5});
    write("test_X.bin", new byte[IMAGE_BYTES]);
    write("test_y.bin", new byte[] {2});
  }

  @Test
  void labelsCountFromZero() throws IOException {
    Reading reading = Reading.of(open(Limits.NONE));
    assertThat(reading.labels(Split.TRAIN)).containsExactly(0, 9, 4);
    assertThat(reading.labels(Split.TEST)).containsExactly(1);
    assertThat(reading.ids()).startsWith("stl10/train/train_X.bin#0");
  }

  @Test
  void planesAreStoredColumnByColumn() throws IOException {
    byte[] images = new byte[3 * IMAGE_BYTES];
    int second = IMAGE_BYTES;
    images[second + 1] = 11; // red plane, second value: one row down in the first column
    images[second + 96 * 96 + 96] = 22; // green plane: the first row of the second column
    images[second + 2 * 96 * 96 + 95 * 96] = 33; // blue plane: the last column's first row
    write("train_X.bin", images);
    RgbImage image = Reading.of(open(Limits.NONE)).images.get(1).image();
    assertThat(image.at(1, 0, 0)).isEqualTo(11);
    assertThat(image.at(0, 1, 1)).isEqualTo(22);
    assertThat(image.at(0, 95, 2)).isEqualTo(33);
  }

  @Test
  void slicesCoverEachRecordOnce() throws IOException {
    write("train_X.bin", new byte[600 * IMAGE_BYTES]);
    byte[] labels = new byte[600];
    for (int i = 0; i < 600; i++) {
      labels[i] = (byte) (i % 10 + 1);
    }
    write("train_y.bin", labels);
    DatasetPlan plan = open(Limits.NONE.withTrain(599));
    Reading reading = Reading.of(plan);
    assertThat(plan.slices()).extracting(Slice::count).containsExactly(256L, 256L, 87L, 1L);
    assertThat(new HashSet<>(reading.ids())).hasSize(600);
    assertThat(reading.labels(Split.TRAIN)).startsWith(0, 1, 2).endsWith(6, 7, 8);
  }

  @Test
  void foldsAreRecordNumbersOfTheTrainingFile() throws IOException {
    Files.writeString(dir.resolve("fold_indices.txt"), "0 2 \n1 2\n");
    assertThat(open(Limits.NONE).folds()).containsExactly(List.of(0, 2), List.of(1, 2));
  }

  @Test
  void aFoldThatIsNoNumberIsRefused() throws IOException {
    Files.writeString(dir.resolve("fold_indices.txt"), "0 2\n1 x\n");
    assertThatThrownBy(() -> open(Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("fold_indices.txt line 2: expected record numbers");
  }

  @Test
  void imagesAndLabelsMustBeAsMany() throws IOException {
    write("train_y.bin", new byte[] {1, 2});
    assertThatThrownBy(() -> open(Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "train_y.bin: expected one label for each of the 3 images of train_X.bin, got 2");
  }

  @Test
  void anImageFileCutInMidRecordGivesItsWholeRecordsAndOneDeadLetter() throws IOException {
    write("train_X.bin", new byte[IMAGE_BYTES + 7]);
    Reading reading = Reading.of(open(Limits.NONE));
    assertThat(reading.labels(Split.TRAIN)).containsExactly(0);
    assertThat(reading.deadLetters)
        .containsExactly(DeadLetter.cutShort("train_X.bin", 1, IMAGE_BYTES, 7));
  }

  @Test
  void aLabelOutOfRangeIsRefused() throws IOException {
    write("test_y.bin", new byte[] {0});
    assertThatThrownBy(() -> Reading.of(open(Limits.NONE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("test_y.bin record 0: expected a label in 1..10, got 0");
  }

  @Test
  void everyFileIsRequired() throws IOException {
    Files.delete(dir.resolve("test_y.bin"));
    assertThatThrownBy(() -> open(Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("got no test_y.bin; pass --data");
  }

  private DatasetPlan open(Limits limits) throws IOException {
    return Datasets.open("stl10", dir.toString(), limits);
  }

  private void write(String file, byte[] bytes) throws IOException {
    Files.write(dir.resolve(file), bytes);
  }
}
