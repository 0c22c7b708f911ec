package dev.pixelprobe.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarTest {
  @TempDir Path dir;
  private Path own;

  @BeforeEach
  void makeTheDataSetsOwnFolder() throws IOException {
    own = Files.createDirectory(dir.resolve("cifar-10-batches-bin"));
  }

  @Test
  void planesBecomeInterleavedPixels() throws IOException {
    write("data_batch_1.bin", record(3, 0));
    write("test_batch.bin", record(9, 0));
    RgbImage image = Reading.of(open(Limits.NONE)).images.get(0).image();
    // The first red pixels of row 0, then the green and the blue plane, count up modulo 251.
    assertThat(image.at(0, 0, 0)).isEqualTo(0);
    assertThat(image.at(0, 5, 0)).isEqualTo(5);
    assertThat(image.at(2, 5, 0)).isEqualTo(69);
    assertThat(image.at(0, 5, 1)).isEqualTo((1024 + 5) % 251);
    assertThat(image.at(31, 31, 2)).isEqualTo(3071 % 251);
  }

  @Test
  void batchesComeInTheOrderOfTheirNumbers() throws IOException {
    for (int batch : new int[] {10, 2, 1}) {
      write("data_batch_" + batch + ".bin", record(batch % 10, 0));
    }
    write("test_batch.bin", record(9, 0));
    assertThat(Reading.of(open(Limits.NONE)).ids())
        .containsExactly(
            "cifar10/train/data_batch_1.bin#0",
            "cifar10/train/data_batch_2.bin#0",
            "cifar10/train/data_batch_10.bin#0",
            "cifar10/test/test_batch.bin#0");
  }

  @Test
  void slicesCoverEachRecordOnce() throws IOException {
    write("data_batch_1.bin", records(2_500));
    write("data_batch_2.bin", records(1_024));
    write("test_batch.bin", records(1));
    DatasetPlan plan = open(Limits.NONE);
    assertThat(plan.slices())
        .extracting(Slice::count)
        .containsExactly(1024L, 1024L, 452L, 1024L, 1L);
    List<String> ids = Reading.of(plan).ids();
    assertThat(ids).hasSize(3_525).hasSameSizeAs(new HashSet<>(ids));
    assertThat(plan.count(Split.TRAIN)).isEqualTo(OptionalLong.of(3_524));
    assertThat(plan.count(Split.TEST)).isEqualTo(OptionalLong.of(1));
  }

  @Test
  void aLimitTakesTheFirstRecordsOfASplit() throws IOException {
    write("data_batch_1.bin", records(3));
    write("data_batch_2.bin", records(3));
    write("test_batch.bin", records(3));
    Reading reading = Reading.of(open(Limits.NONE.withTrain(4).withTest(2)));
    assertThat(reading.labels(Split.TRAIN)).containsExactly(0, 1, 2, 0);
    assertThat(reading.labels(Split.TEST)).containsExactly(0, 1);
  }

  @Test
  void aFileCutInMidRecordGivesItsWholeRecordsAndOneDeadLetter() throws IOException {
    write("data_batch_1.bin", Arrays.copyOf(records(3), 2 * 3073 + 100));
    write("test_batch.bin", record(9, 0));
    DatasetPlan plan = open(Limits.NONE);
    Reading reading = Reading.of(plan);
    assertThat(reading.labels(Split.TRAIN)).containsExactly(0, 1);
    assertThat(reading.deadLetters)
        .containsExactly(
            new DeadLetter(
                "data_batch_1.bin",
                2,
                "expected a record of 3073 bytes, got 100: the file was cut; copy it again"));
    assertThat(plan.count(Split.TRAIN)).isEqualTo(OptionalLong.of(2));
  }

  @Test
  void theCutIsNobodysBusinessBelowTheLimit() throws IOException {
    write("data_batch_1.bin", Arrays.copyOf(records(3), 2 * 3073 + 100));
    write("test_batch.bin", record(9, 0));
    assertThat(Reading.of(open(Limits.NONE.withTrain(2))).deadLetters).isEmpty();
  }

  @Test
  void aLabelOutOfRangeIsRefused() throws IOException {
    write("data_batch_1.bin", record(3, 0), record(10, 0));
    write("test_batch.bin", record(9, 0));
    assertThatThrownBy(() -> Reading.of(open(Limits.NONE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "data_batch_1.bin record 1: expected a label in 0..9, got 10;"
                + " check that the file is whole and of cifar10");
  }

  @Test
  void filesOfTheOtherLayoutAreToldApart() throws IOException {
    write("data_batch_1.bin", new byte[2 * 3074]);
    write("test_batch.bin", record(9, 0));
    assertThatThrownBy(() -> open(Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("data_batch_1.bin: expected records of 3073 bytes, got 6148")
        .hasMessageEndingWith("pass --dataset cifar100");
  }

  @Test
  void withoutTestFileNothingIsPlanned() throws IOException {
    write("data_batch_1.bin", record(3, 0));
    assertThatThrownBy(() -> open(Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("test_batch.bin, got no test file; pass --data");
  }

  @Test
  void aMissingFolderIsNamed() {
    assertThatThrownBy(() -> Datasets.open("cifar10", dir + "/nowhere", Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            dir
                + "/nowhere/: expected data_batch_1.bin .. data_batch_5.bin and test_batch.bin,"
                + " got no files at all; pass --data with the folder that holds them");
  }

  @Test
  void theDataSetsOwnFolderMayBeGivenItself() throws IOException {
    write("data_batch_1.bin", record(3, 0));
    write("test_batch.bin", record(9, 0));
    DatasetPlan direct = Datasets.open("cifar10", own.toString(), Limits.NONE);
    assertThat(direct).isEqualTo(open(Limits.NONE));
  }

  @Test
  void cifar100CarriesTheFineLabel() throws IOException {
    byte[] first = new byte[3074];
    first[0] = 19;
    first[1] = 99;
    Files.write(dir.resolve("train.bin"), first);
    Files.write(dir.resolve("test.bin"), new byte[3074]);
    Files.write(dir.resolve("fine_label_names.txt"), names(100));
    DatasetPlan plan = Datasets.open("cifar100", dir.toString(), Limits.NONE);
    assertThat(Reading.of(plan).labels(Split.TRAIN)).containsExactly(99);
    assertThat(plan.classNames()).hasSize(100).endsWith("class 99");
  }

  @Test
  void tooFewClassNamesAreRefused() throws IOException {
    write("data_batch_1.bin", record(3, 0));
    write("test_batch.bin", record(9, 0));
    Files.write(own.resolve("batches.meta.txt"), names(9));
    assertThatThrownBy(() -> open(Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("batches.meta.txt: expected 10 class names, got 9");
  }

  @Test
  void theDigestFollowsContentsAndLimits() throws IOException {
    write("data_batch_1.bin", record(3, 0));
    write("test_batch.bin", record(9, 0));
    String digest = open(Limits.NONE).digest();
    Files.writeString(own.resolve("readme.html"), "not data");
    assertThat(open(Limits.NONE).digest()).isEqualTo(digest);
    assertThat(open(Limits.NONE.withTest(1)).digest()).isNotEqualTo(digest);
    write("test_batch.bin", record(9, 1));
    assertThat(open(Limits.NONE).digest()).isNotEqualTo(digest);
  }

  @Test
  void theSubsetOfRealImagesIsReadWhole() throws IOException {
    Path subset = Path.of("../../shared/data/cifar10-subset");
    assumeTrue(Files.isDirectory(subset), "no " + subset);
    DatasetPlan plan = Datasets.open("cifar10", subset.toString(), Limits.NONE);
    Reading reading = Reading.of(plan);
    assertThat(plan.classNames()).startsWith("airplane", "automobile").endsWith("truck");
    assertThat(reading.labels(Split.TRAIN)).hasSize(5_085);
    assertThat(reading.labels(Split.TEST)).hasSize(1_017);
    // The first labels of CIFAR-10 proper: frog, truck, truck; cat, ship, ship.
    assertThat(reading.labels(Split.TRAIN)).startsWith(6, 9, 9);
    assertThat(reading.labels(Split.TEST)).startsWith(3, 8, 8);
  }

  private DatasetPlan open(Limits limits) throws IOException {
    return Datasets.open("cifar10", dir.toString(), limits);
  }

  private void write(String file, byte[]... records) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] record : records) {
      bytes.write(record);
    }
    Files.write(own.resolve(file), bytes.toByteArray());
  }

  /** Labels 0, 1, .. 9, 0, ... */
  private static byte[] records(int count) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    IntStream.range(0, count).forEach(i -> bytes.writeBytes(record(i % 10, 0)));
    return bytes.toByteArray();
  }

  private static byte[] record(int label, int shade) {
    byte[] record = new byte[3073];
    record[0] = (byte) label;
    for (int i = 0; i < 3072; i++) {
      record[1 + i] = (byte) ((i + shade) % 251);
    }
    return record;
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "class " + i).toList();
  }
}
