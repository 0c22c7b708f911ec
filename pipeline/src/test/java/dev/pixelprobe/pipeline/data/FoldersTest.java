package dev.pixelprobe.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
  @TempDir Path dir;

  @Test
  void theListingGoesRoundTheClasses() throws IOException {
    write("train/dog/1.png", "train/dog/2.png", "train/dog/3.png", "train/cat/1.JPG");
    write("test/cat/9.jpeg", "train/cat/notes.txt", "train/readme.png");
    DatasetPlan plan = open(Limits.NONE);
    assertThat(plan.classNames()).containsExactly("cat", "dog");
    Reading reading = Reading.of(plan);
    assertThat(reading.ids())
        .containsExactly(
            "folders/train/cat/1.JPG#0",
            "folders/train/dog/1.png#1",
            "folders/train/dog/2.png#2",
            "folders/train/dog/3.png#3",
            "folders/test/cat/9.jpeg#0");
    assertThat(reading.labels(Split.TRAIN)).containsExactly(0, 1, 1, 1);
    assertThat(reading.images.get(1).image()).isEqualTo(Pictures.rgb(2, 3, 77));
  }

  @Test
  void aLimitIsBalanced() throws IOException {
    for (int i = 0; i < 4; i++) {
      write("train/a/" + i + ".png", "train/b/" + i + ".png", "val/a/" + i + ".png");
    }
    Reading reading = Reading.of(open(Limits.NONE.withTrain(4).withTest(1)));
    assertThat(reading.labels(Split.TRAIN)).containsExactly(0, 1, 0, 1);
    assertThat(reading.labels(Split.TEST)).containsExactly(0);
  }

  @Test
  void slicesCoverEachFileOnce() throws IOException {
    for (int i = 0; i < 300; i++) {
      write("train/a/" + i + ".png");
    }
    write("test/a/0.png");
    DatasetPlan plan = open(Limits.NONE);
    assertThat(plan.slices()).extracting(Slice::count).containsExactly(256L, 44L, 1L);
    assertThat(new HashSet<>(Reading.of(plan).ids())).hasSize(301);
  }

  @Test
  void aBrokenFileBecomesADeadLetter() throws IOException {
    write("train/a/1.png", "train/a/2.png", "test/a/1.png");
    Files.writeString(dir.resolve("train/a/1.png"), "oops");
    Reading reading = Reading.of(open(Limits.NONE));
    assertThat(reading.ids()).startsWith("folders/train/a/2.png#1").hasSize(2);
    assertThat(reading.deadLetters)
        .containsExactly(
            new DeadLetter(
                "train/a/1.png",
                0,
                "expected a JPEG or PNG image, got 4 bytes that begin with 6f6f7073"));
  }

  @Test
  void aTestClassWithoutTrainingImagesIsRefused() throws IOException {
    write("train/a/1.png", "test/a/1.png", "test/b/1.png");
    assertThatThrownBy(() -> open(Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("test/b: expected a class of train/");
  }

  @Test
  void twoFoldersForOneSplitAreTooMany() throws IOException {
    write("train/a/1.png", "val/a/1.png", "validation/a/1.png");
    assertThatThrownBy(() -> open(Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected one folder for the test split, got val, validation");
  }

  @Test
  void withoutClassFoldersNothingIsPlanned() throws IOException {
    write("train/1.png", "test/1.png");
    assertThatThrownBy(() -> open(Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(": expected train/CLASS/*.png or *.jpg and test/CLASS/");
  }

  private DatasetPlan open(Limits limits) throws IOException {
    return Datasets.open("folders", dir.toString(), limits);
  }

  /** PNGs whatever the name: the decoder goes by the contents. */
  private void write(String... files) throws IOException {
    for (String file : files) {
      Path path = dir.resolve(file);
      Files.createDirectories(path.getParent());
      Files.write(path, Pictures.png(2, 3, 77));
    }
  }
}
