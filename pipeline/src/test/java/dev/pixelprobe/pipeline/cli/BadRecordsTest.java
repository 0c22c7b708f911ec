package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.CifarFiles;
import dev.pixelprobe.pipeline.TinyEncoder;
import dev.pixelprobe.pipeline.data.DeadLetter;
import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.features.DeadLetterFile;
import dev.pixelprobe.pipeline.features.FeatureReader;
import dev.pixelprobe.pipeline.features.FeatureTable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two black images of 35, in the same batch, and models that cannot take them. */
final class BadRecordsTest {
  private static final int[] BLACK = {3, 17};

  @TempDir static Path dir;

  @BeforeAll
  static void writeInputs() throws IOException {
    CifarFiles.write(dir.resolve("data"), 5, 25, 3);
    try (RandomAccessFile shard =
        new RandomAccessFile(CifarFiles.test(dir.resolve("data")).toFile(), "rw")) {
      for (int record : BLACK) {
        shard.seek((long) record * CifarFiles.RECORD_BYTES + 1);
        shard.write(new byte[CifarFiles.RECORD_BYTES - 1]);
      }
    }
    TinyEncoder.floats(dir.resolve("floats"));
    TinyEncoder.strict(dir.resolve("strict"));
    TinyEncoder.hanging(dir.resolve("hanging"));
  }

  private static Cli.Outcome extract(String model, String out, String... more) {
    List<Object> call = new ArrayList<>(List.of("extract", "--dataset", "cifar10", "--no-cache"));
    call.addAll(List.of("--data", dir.resolve("data"), "--image-size", 8, "--batch-size", 20));
    call.addAll(List.of("--model", dir.resolve(model), "--out", dir.resolve(out)));
    call.addAll(List.of(more));
    return Cli.run(call.toArray());
  }

  @Test
  void aRecordThatTheModelRefusesIsADeadLetterAndTheOthersOfItsBatchAreAsEver() throws IOException {
    String[] tolerated = {"--output", "mean", "--max-dead-letters", "0.06"};
    extract("floats", "all", tolerated).assertDone();
    Cli.Outcome outcome = extract("strict", "good", tolerated).assertDone();

    assertThat(outcome.out()).contains("23 test images", "2 dead letters");
    assertLetters("good", "assertion failed");
    FeatureTable all = means("all");
    FeatureTable good = means("good");
    List<String> ids = new ArrayList<>(all.ids());
    ids.removeIf(id -> id.endsWith("#3") || id.endsWith("#17"));
    assertThat(good.ids()).isEqualTo(ids);
    for (int row = 0; row < ids.size(); row++) {
      assertThat(row(good, row)).isEqualTo(row(all, all.ids().indexOf(ids.get(row))));
    }
  }

  @Test
  void aRecordWithoutFiniteFeaturesIsADeadLetterToo() throws IOException {
    extract("floats", "logarithms", "--output", "log", "--max-dead-letters", "0.06").assertDone();

    assertLetters("logarithms", "expected finite features, got -Infinity in output log at 0");
  }

  @Test
  void moreOfThemThanToleratedEndTheRun() throws IOException {
    List<String> before = Cli.tree(dir);

    extract("strict", "no", "--max-dead-letters", "0.05")
        .assertRefused(2, "2 of 35", "test_batch.bin record 3", "assertion failed");

    assertThat(Cli.tree(dir)).isEqualTo(before);
  }

  @Test
  void aBatchThatTakesTooLongEndsTheRunAndIsNamed() throws IOException {
    List<String> before = Cli.tree(dir);

    extract("hanging", "no", "--batch-timeout", "2")
        .assertRefused(3, "batch cifar10/test/test_batch.bin#0 to #19", "2 s", "--batch-timeout");

    assertThat(Cli.tree(dir)).isEqualTo(before);
  }

  private static void assertLetters(String set, String reason) throws IOException {
    List<DeadLetter> letters = DeadLetterFile.read(dir.resolve(set).toString());
    assertThat(letters).extracting(DeadLetter::record).containsExactly(3L, 17L);
    assertThat(letters).extracting(DeadLetter::shard).containsOnly("test_batch.bin");
    assertThat(letters).allSatisfy(letter -> assertThat(letter.reason()).contains(reason));
  }

  private static FeatureTable means(String set) throws IOException {
    return FeatureReader.open(dir.resolve(set).toString())
        .features(Split.TEST, List.of("output_mean"));
  }

  private static List<Float> row(FeatureTable table, int row) {
    int width = table.width();
    return IntStream.range(row * width, (row + 1) * width)
        .mapToObj(i -> table.values()[i])
        .toList();
  }
}
