package dev.pixelprobe.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileWriter.Mode;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetTest {
  private static final String TRAIN = "plain_text/train-00000-of-00001.parquet";
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message m { optional group img { optional binary bytes; optional binary path (STRING); }"
              + " optional int64 label; }");
  private static final String NAMES =
      """
      {"info": {"features": {"img": {"_type": "Image"},
        "label": {"names": ["cat", "dog", "frog"], "_type": "ClassLabel"}}}}""";

  @TempDir Path dir;

  @BeforeEach
  void writeATestFile() throws IOException {
    Files.createDirectory(dir.resolve("plain_text"));
    write("plain_text/test-00000-of-00001.parquet", CompressionCodecName.SNAPPY, Map.of(), 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD"})
  void rowsBecomeLabelledImages(CompressionCodecName codec) throws IOException {
    write(TRAIN, codec, Map.of("huggingface", NAMES), 2);
    DatasetPlan plan = open(Limits.NONE);
    assertThat(plan.classNames()).containsExactly("cat", "dog", "frog");
    assertThat(Reading.of(plan).images)
        .startsWith(
            new LabelledImage(
                ImageId.inShard("parquet", Split.TRAIN, TRAIN, 0), 0, Pictures.rgb(2, 3, 0)),
            new LabelledImage(
                ImageId.inShard("parquet", Split.TRAIN, TRAIN, 1), 1, Pictures.rgb(2, 3, 1)))
        .hasSize(3);
  }

  @Test
  void aSliceIsARowGroup() throws IOException {
    write(TRAIN, CompressionCodecName.UNCOMPRESSED, Map.of(), 250);
    DatasetPlan plan = open(Limits.NONE);
    assertThat(plan.slices()).extracting(Slice::count).containsExactly(100L, 100L, 50L, 1L);
    Reading reading = Reading.of(plan);
    assertThat(new HashSet<>(reading.ids())).hasSize(251);
    assertThat(reading.images.get(201).image()).isEqualTo(Pictures.rgb(2, 3, 201));
    assertThat(plan.count(Split.TRAIN)).isEqualTo(OptionalLong.of(250));
  }

  @Test
  void aLimitEndsWithinARowGroup() throws IOException {
    write(TRAIN, CompressionCodecName.UNCOMPRESSED, Map.of(), 250);
    DatasetPlan plan = open(Limits.NONE.withTrain(120));
    assertThat(plan.slices()).extracting(Slice::count).containsExactly(100L, 20L, 1L);
    assertThat(Reading.of(plan).images).hasSize(121);
  }

  @Test
  void nullsAndBrokenImagesBecomeDeadLetters() throws IOException {
    try (ParquetWriter<Group> writer = builder(dir.resolve(TRAIN)).build()) {
      writer.write(row(0));
      writer.write(new SimpleGroup(SCHEMA).append("label", 1L));
      Group noBytes = new SimpleGroup(SCHEMA).append("label", 1L);
      noBytes.addGroup("img").append("path", "elsewhere.png");
      writer.write(noBytes);
      Group noLabel = new SimpleGroup(SCHEMA);
      noLabel.addGroup("img").append("bytes", Binary.fromConstantByteArray(new byte[3]));
      writer.write(noLabel);
      writer.write(noLabel.append("label", 2L));
    }
    Reading reading = Reading.of(open(Limits.NONE));
    assertThat(reading.labels(Split.TRAIN)).containsExactly(0);
    assertThat(reading.deadLetters)
        .containsExactly(
            new DeadLetter(TRAIN, 1, "column img: expected a value, got null"),
            new DeadLetter(TRAIN, 2, "column img.bytes: expected a value, got null"),
            new DeadLetter(TRAIN, 3, "column label: expected a value, got null"),
            new DeadLetter(
                TRAIN, 4, "expected a JPEG or PNG image, got 3 bytes that begin with 000000"));
  }

  @Test
  void labelsOutsideTheNamedClassesAreRefused() throws IOException {
    write(TRAIN, CompressionCodecName.SNAPPY, Map.of("huggingface", NAMES), 4);
    assertThatThrownBy(() -> Reading.of(open(Limits.NONE)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(TRAIN + " record 3: expected a label in 0..2, got 3");
  }

  @Test
  void aLoneIntegerColumnIsTheLabelWhateverItsName() {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required group photo { required binary bytes; }"
                + " required int32 species; required double weight; }");
    assertThat(ParquetColumns.of(schema, "f")).isEqualTo(new ParquetColumns("photo", "species"));
  }

  @Test
  void ofSeveralTheUsualNameIsTaken() {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required group mask { required binary bytes; }"
                + " required group img { required binary bytes; }"
                + " required int64 coarse_label; required int64 fine_label; }");
    assertThat(ParquetColumns.of(schema, "f")).isEqualTo(new ParquetColumns("img", "fine_label"));
  }

  @Test
  void withoutUsualNameSeveralColumnsAreTooMany() {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required group img { required binary bytes; }"
                + " required int64 age; required int64 weight; }");
    assertThatThrownBy(() -> ParquetColumns.of(schema, "f"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "f: expected one integer column, or one named label, labels, fine_label,"
                + " got age, weight; rename the column that is meant");
  }

  @Test
  void aFileThatWasCutIsRefused() throws IOException {
    write(TRAIN, CompressionCodecName.SNAPPY, Map.of(), 4);
    Path file = dir.resolve(TRAIN);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> open(Limits.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(TRAIN + ": expected a whole Parquet file");
  }

  private DatasetPlan open(Limits limits) throws IOException {
    return Datasets.open("parquet", dir.toString(), limits);
  }

  private void write(
      String file, CompressionCodecName codec, Map<String, String> metadata, int rows)
      throws IOException {
    write(dir.resolve(file), codec, metadata, rows);
  }

  /** Row {@code i} has label {@code i} and shade {@code i}; a row group holds 100 rows. */
  static void write(Path file, CompressionCodecName codec, Map<String, String> metadata, int rows)
      throws IOException {
    try (ParquetWriter<Group> writer =
        builder(file).withCompressionCodec(codec).withExtraMetaData(metadata).build()) {
      for (int i = 0; i < rows; i++) {
        writer.write(row(i));
      }
    }
  }

  private static ExampleParquetWriter.Builder builder(Path file) {
    return ExampleParquetWriter.builder(new LocalOutputFile(file))
        .withConf(new PlainParquetConfiguration())
        .withWriteMode(Mode.OVERWRITE)
        .withRowGroupRowCountLimit(100)
        .withType(SCHEMA);
  }

  private static Group row(int i) throws IOException {
    Group row = new SimpleGroup(SCHEMA);
    row.addGroup("img").append("bytes", Binary.fromConstantByteArray(Pictures.png(2, 3, i)));
    return row.append("label", (long) i);
  }
}
