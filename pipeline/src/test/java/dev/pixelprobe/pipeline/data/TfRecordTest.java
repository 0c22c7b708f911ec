package dev.pixelprobe.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.ByteString;
import dev.pixelprobe.model.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.Int64List;

class TfRecordTest {
  private static final String TRAIN = "d-train.tfrecord-00000-of-00001";
  private static final String TEST = "d-test.tfrecord-00000-of-00001";

  @TempDir Path dir;

  /** A checksum written by TensorFlow: the header of a record of 0x444 bytes. */
  @Test
  void theMaskedChecksumIsTensorFlowsOwn() {
    CRC32C crc = new CRC32C();
    crc.update(new byte[] {0x44, 0x04, 0, 0, 0, 0, 0, 0});
    assertThat(TfRecordInput.mask((int) crc.getValue())).isEqualTo(0x1e8b1082);
  }

  @Test
  void examplesBecomeLabelledImages() throws IOException {
    write(TRAIN, example(3, 100), example(1, 200));
    write(TEST, example(0, 50));
    Files.writeString(dir.resolve("labels.txt"), "a\nb\nc\nd\n");
    DatasetPlan plan = open(Limits.NONE);
    Reading reading = Reading.of(plan);
    assertThat(reading.images)
        .containsExactly(
            new LabelledImage(
                ImageId.inShard("tfrecord", Split.TRAIN, TRAIN, 0), 3, Pictures.rgb(2, 3, 100)),
            new LabelledImage(
                ImageId.inShard("tfrecord", Split.TRAIN, TRAIN, 1), 1, Pictures.rgb(2, 3, 200)),
            new LabelledImage(
                ImageId.inShard("tfrecord", Split.TEST, TEST, 0), 0, Pictures.rgb(2, 3, 50)));
    assertThat(plan.classNames()).containsExactly("a", "b", "c", "d");
    assertThat(plan.count(Split.TRAIN)).isEqualTo(OptionalLong.of(2));
  }

  @Test
  void theNamesOfTensorFlowDatasetsAreKnownToo() throws IOException {
    write(TRAIN, example("image", Pictures.png(2, 3, 9), "label", 7));
    write(TEST, example(0, 50));
    Reading reading = Reading.of(open(Limits.NONE));
    assertThat(reading.labels(Split.TRAIN)).containsExactly(7);
    assertThat(reading.images.get(0).image()).isEqualTo(Pictures.rgb(2, 3, 9));
  }

  @Test
  void gzippedFilesAreRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(frame(example(4, 1)));
    }
    Files.write(dir.resolve("train.tfrecord.gz"), bytes.toByteArray());
    write(TEST, example(0, 50));
    DatasetPlan plan = open(Limits.NONE);
    assertThat(Reading.of(plan).labels(Split.TRAIN)).containsExactly(4);
    assertThat(plan.count(Split.TRAIN)).isEqualTo(OptionalLong.of(1));
  }

  @Test
  void validationServesAsTestWhereThereIsNone() throws IOException {
    write("train.tfrecord", example(1, 1));
    write("validation.tfrecord", example(2, 1));
    assertThat(Reading.of(open(Limits.NONE)).labels(Split.TEST)).containsExactly(2);
    write("test.tfrecord", example(3, 1));
    assertThat(Reading.of(open(Limits.NONE)).labels(Split.TEST)).containsExactly(3);
  }

  @Test
  void aLimitTakesTheFirstRecordsOfTheFirstFiles() throws IOException {
    write("train-0.tfrecord", example(0, 1), example(1, 1));
    write("train-1.tfrecord", example(2, 1), example(3, 1));
    write("train-2.tfrecord", example(4, 1));
    write(TEST, example(0, 50));
    DatasetPlan plan = open(Limits.NONE.withTrain(3));
    assertThat(Reading.of(plan).labels(Split.TRAIN)).containsExactly(0, 1, 2);
    assertThat(plan.count(Split.TRAIN)).isEqualTo(OptionalLong.of(3));
    assertThat(Reading.of(open(Limits.NONE.withTrain(2))).labels(Split.TRAIN))
        .containsExactly(0, 1);
    assertThat(Reading.of(open(Limits.NONE.withTrain(9))).labels(Split.TRAIN))
        .containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void recordsThatCannotBeUsedBecomeDeadLetters() throws IOException {
    byte[] jpeg = Pictures.jpeg(40, 40, 100);
    write(
        TRAIN,
        example(0, 1),
        example("image/encoded", Arrays.copyOf(jpeg, jpeg.length - 60), "label", 1),
        example("picture", jpeg, "label", 1),
        "no protobuf".getBytes(StandardCharsets.UTF_8),
        Example.getDefaultInstance().toByteArray(),
        example(2, 1));
    write(TEST, example(0, 50));
    Reading reading = Reading.of(open(Limits.NONE));
    assertThat(reading.labels(Split.TRAIN)).containsExactly(0, 2);
    assertThat(reading.deadLetters)
        .extracting(DeadLetter::shard, DeadLetter::record)
        .containsExactly(letter(1), letter(2), letter(3), letter(4));
    assertThat(reading.deadLetters)
        .extracting(DeadLetter::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).startsWith("the image cannot be decoded: "),
            reason ->
                assertThat(reason)
                    .startsWith("expected feature image/encoded or image, got ")
                    .contains("picture"),
            reason ->
                assertThat(reason)
                    .isEqualTo("expected a tf.train.Example, got 11 bytes of something else"),
            reason ->
                assertThat(reason).isEqualTo("expected feature image/encoded or image, got none"));
  }

  @Test
  void aWrongChecksumOfTheDataStopsTheRun() throws IOException {
    byte[] second = frame(example(1, 1));
    second[20] ^= 1;
    writeBytes(TRAIN, frame(example(0, 1)), second);
    write(TEST, example(0, 50));
    assertThatThrownBy(() -> Reading.of(open(Limits.NONE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching(
            TRAIN
                + " record 1: expected data checksum [0-9a-f]{8}, got [0-9a-f]{8};"
                + " the file is damaged, copy it again");
  }

  @Test
  void aWrongChecksumOfTheLengthIsFoundWhileCounting() throws IOException {
    byte[] second = frame(example(1, 1));
    second[0] ^= 1;
    writeBytes(TRAIN, frame(example(0, 1)), second);
    write(TEST, example(0, 50));
    assertThatThrownBy(() -> open(Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(TRAIN + " record 1: expected length checksum ");
  }

  @Test
  void aFileCutInMidRecordGivesItsWholeRecordsAndOneDeadLetter() throws IOException {
    byte[] second = frame(example(1, 1));
    write(TEST, example(0, 50));
    for (int kept : new int[] {1, 12, 40, second.length - 1}) {
      writeBytes(TRAIN, frame(example(0, 1)), Arrays.copyOf(second, kept));
      DatasetPlan plan = open(Limits.NONE);
      Reading reading = Reading.of(plan);
      assertThat(reading.labels(Split.TRAIN)).containsExactly(0);
      assertThat(plan.count(Split.TRAIN)).isEqualTo(OptionalLong.of(1));
      assertThat(reading.deadLetters).singleElement().extracting(DeadLetter::record).isEqualTo(1L);
      assertThat(reading.deadLetters.get(0).reason())
          .startsWith("the file ends in the middle of this record (expected ");
    }
  }

  @Test
  void aCutGzipFileIsACutFile() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(frame(example(4, 1)));
    }
    Files.write(
        dir.resolve("train.tfrecord.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
    write(TEST, example(0, 50));
    assertThat(Reading.of(open(Limits.NONE)).deadLetters).hasSize(1);
  }

  @Test
  void aGzipNameOnAnotherFileIsRefused() throws IOException {
    write("train.tfrecord.gz", example(4, 1));
    write(TEST, example(0, 50));
    assertThatThrownBy(() -> open(Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("train.tfrecord.gz record 0: expected gzip data");
  }

  @Test
  void labelsMustBeKnownClasses() throws IOException {
    write(TRAIN, example(2, 1));
    write(TEST, example(0, 50));
    assertThat(Reading.of(open(Limits.NONE)).labels(Split.TRAIN)).containsExactly(2);
    Files.writeString(dir.resolve("labels.txt"), "a\nb\n");
    assertThatThrownBy(() -> Reading.of(open(Limits.NONE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(TRAIN + " record 0: expected a label in 0..1, got 2");
  }

  @Test
  void negativeLabelsAreRefusedEvenOfUnknownClasses() throws IOException {
    write(TRAIN, example(-1, 1));
    write(TEST, example(0, 50));
    assertThatThrownBy(() -> Reading.of(open(Limits.NONE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(TRAIN + " record 0: expected a label in 0 or more, got -1");
  }

  @Test
  void withoutTestFileNothingIsPlanned() throws IOException {
    write(TRAIN, example(0, 1));
    assertThatThrownBy(() -> open(Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("got no test file");
  }

  @Test
  void theRealImagesAreCountedAndRead() throws IOException {
    Path real = Path.of("../../shared/data/cifar10-jpeg-tfrecord");
    assumeTrue(Files.isDirectory(real), "no " + real);
    DatasetPlan all = Datasets.open("tfrecord", real.toString(), Limits.NONE);
    assertThat(all.count(Split.TRAIN)).isEqualTo(OptionalLong.of(50_000));
    assertThat(all.count(Split.TEST)).isEqualTo(OptionalLong.of(10_000));
    assertThat(all.classNames()).hasSize(10);
    Reading some =
        Reading.of(
            Datasets.open("tfrecord", real.toString(), Limits.NONE.withTrain(300).withTest(1)));
    assertThat(some.images).hasSize(301).allMatch(image -> image.image().height() == 32);
    assertThat(some.deadLetters).isEmpty();
  }

  private DatasetPlan open(Limits limits) throws IOException {
    return Datasets.open("tfrecord", dir.toString(), limits);
  }

  private void write(String file, byte[]... records) throws IOException {
    writeBytes(file, Arrays.stream(records).map(TfRecordTest::frame).toArray(byte[][]::new));
  }

  private void writeBytes(String file, byte[]... parts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List.of(parts).forEach(bytes::writeBytes);
    Files.write(dir.resolve(file), bytes.toByteArray());
  }

  static byte[] frame(byte[] data) {
    ByteBuffer frame = ByteBuffer.allocate(data.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    frame.putLong(data.length).putInt(masked(frame.array(), 8));
    frame.put(data).putInt(masked(data, data.length));
    return frame.array();
  }

  private static int masked(byte[] data, int length) {
    CRC32C crc = new CRC32C();
    crc.update(data, 0, length);
    return TfRecordInput.mask((int) crc.getValue());
  }

  static byte[] example(int label, int shade) throws IOException {
    return example("image/encoded", Pictures.png(2, 3, shade), "image/class/label", label);
  }

  private static byte[] example(String imageKey, byte[] image, String labelKey, int label) {
    BytesList bytes = BytesList.newBuilder().addValue(ByteString.copyFrom(image)).build();
    Int64List value = Int64List.newBuilder().addValue(label).build();
    return Example.newBuilder()
        .setFeatures(
            Features.newBuilder()
                .putFeature(imageKey, Feature.newBuilder().setBytesList(bytes).build())
                .putFeature(labelKey, Feature.newBuilder().setInt64List(value).build()))
        .build()
        .toByteArray();
  }

  private static Tuple letter(long record) {
    return Tuple.tuple(TRAIN, record);
  }
}
