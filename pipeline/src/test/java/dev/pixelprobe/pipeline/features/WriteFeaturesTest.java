package dev.pixelprobe.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.LayerFeature;
import dev.pixelprobe.pipeline.data.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WriteFeaturesTest {
  private static final int TRAIN = 23;
  private static final int TEST = 9;

  @TempDir private Path directory;

  @ParameterizedTest(name = "{0} shards")
  @ValueSource(ints = {1, 3})
  void everyRowComesBackOnceWhateverTheNumberOfShards(int shards) throws Exception {
    write(WriteFeatures.to(directory.toString(), Sets.LAYOUT).withShards(shards));

    assertThatAllRowsAreThere();
    assertThat(names())
        .hasSize(2 * shards)
        .contains("test-00000-of-0000%d.parquet".formatted(shards))
        .contains("train-0000%d-of-0000%d.parquet".formatted(shards - 1, shards));
  }

  @Test
  void theRunnerMayChooseTheNumberOfShards() throws Exception {
    write(WriteFeatures.to(directory.toString(), Sets.LAYOUT));

    assertThatAllRowsAreThere();
    assertThat(names()).allMatch(name -> name.matches("(train|test)-\\d{5}-of-\\d{5}\\.parquet"));
  }

  @Test
  void whatFailedBundlesLeftIsGoneOnceTheSetIsComplete() throws Exception {
    Path remains = Files.createDirectory(directory.resolve(".temp-beam"));
    Files.writeString(remains.resolve("bundle"), "half");

    write(WriteFeatures.to(directory.toString(), Sets.LAYOUT));

    assertThatAllRowsAreThere();
    assertThat(remains).doesNotExist();
  }

  @Test
  void anImageOfAnotherShapeIsOurBug() {
    FeatureLayout wider = FeatureLayout.of(List.of(LayerFeature.Kind.H), List.of(0), 6, 3);

    assertThatThrownBy(() -> write(WriteFeatures.to(directory.toString(), wider)))
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("tiny/(train|test)/a.bin#\\d+: expected FeatureLayout.*, got .*");
  }

  private void write(WriteFeatures transform) {
    List<ImageFeatures> rows = new ArrayList<>(Sets.rows(Split.TRAIN, 0, TRAIN));
    rows.addAll(Sets.rows(Split.TEST, 0, TEST));
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(rows).withCoder(ImageFeaturesCoder.of()))
        .apply("WriteFeatures", transform);
    pipeline.run().waitUntilFinish();
  }

  private void assertThatAllRowsAreThere() throws Exception {
    Files.createFile(directory.resolve(DeadLetterFile.NAME));
    FeatureManifestFile.write(Sets.manifest(directory, 0), directory.toString());
    FeatureReader reader = FeatureReader.open(directory.toString());
    assertThatRowsAre(reader, Split.TRAIN, Sets.rows(Split.TRAIN, 0, TRAIN));
    assertThatRowsAre(reader, Split.TEST, Sets.rows(Split.TEST, 0, TEST));
  }

  private static void assertThatRowsAre(
      FeatureReader reader, Split split, List<ImageFeatures> expected) throws Exception {
    for (int c = 0; c < Sets.LAYOUT.columns().size(); c++) {
      FeatureTable table = reader.features(split, List.of(Sets.LAYOUT.columns().get(c).name()));
      assertThat(table.ids()).isEqualTo(expected.stream().map(ImageFeatures::id).toList());
      assertThat(table.labels())
          .isEqualTo(expected.stream().mapToInt(ImageFeatures::label).toArray());
      int column = c;
      assertThat(table.values())
          .isEqualTo(
              flat(
                  expected.size(),
                  5,
                  (row, i) -> expected.get(row).features().get(column * 5 + i)));
    }
    assertThat(reader.pixels(split).values())
        .isEqualTo(
            flat(expected.size(), 27, (row, i) -> expected.get(row).pixels().bytes()[i] & 0xff));
    assertThat(reader.natsPerToken(split).values())
        .isEqualTo(flat(expected.size(), 1, (row, i) -> expected.get(row).natsPerToken()));
    assertThat(reader.colourCounts(split).values())
        .isEqualTo(
            flat(expected.size(), Sets.COLOURS, (row, colour) -> count(expected.get(row), colour)));
  }

  private static float count(ImageFeatures row, int colour) {
    return IntStream.range(0, row.tokens().size())
        .filter(i -> row.tokens().get(i) == colour)
        .count();
  }

  private static float[] flat(int rows, int width, Value value) {
    float[] values = new float[rows * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = value.at(i / width, i % width);
    }
    return values;
  }

  private interface Value {
    float at(int row, int i);
  }

  /** All that is there besides the manifest and the dead letters. */
  private List<String> names() throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.contains(".json"))
          .toList();
    }
  }
}
