package dev.pixelprobe.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.CifarFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadBatchesTest {
  private static final Preparation<String> IDS = () -> image -> image.id().toString();

  @TempDir private Path dir;

  @Test
  void neighboursOfAShardShareABatchUntilItIsFull() throws IOException {
    CifarFiles.write(dir, 7, 5, 3);
    DatasetPlan plan = Datasets.open("cifar10", dir.toString(), Limits.NONE);

    List<Batch<String>> expected = new ArrayList<>();
    for (int shard = 1; shard <= 2; shard++) {
      String file = "cifar10/train/data_batch_" + shard + ".bin";
      expected.add(batch(file, 0, 3));
      expected.add(batch(file, 3, 6));
      expected.add(batch(file, 6, 7));
    }
    expected.add(batch("cifar10/test/test_batch.bin", 0, 3));
    expected.add(batch("cifar10/test/test_batch.bin", 3, 5));
    assertBatches(plan, 3, expected);
  }

  private static Batch<String> batch(String shard, long from, long to) {
    return new Batch<>(
        LongStream.range(from, to).mapToObj(record -> shard + "#" + record).toList(), List.of());
  }

  @Test
  void aBadRecordTakesAPlaceInItsBatch() throws IOException {
    Files.write(dir.resolve("data_batch_1.bin"), new byte[2 * 3073 + 1]);
    Files.write(dir.resolve("test_batch.bin"), new byte[3073]);
    DatasetPlan plan = Datasets.open("cifar10", dir.toString(), Limits.NONE);
    List<DeadLetter> letters = Reading.of(plan).deadLetters;

    assertThat(letters).hasSize(1);
    assertBatches(
        plan,
        2,
        List.of(
            batch("cifar10/train/data_batch_1.bin", 0, 2),
            new Batch<>(List.of(), letters),
            batch("cifar10/test/test_batch.bin", 0, 1)));
  }

  /** One slice, whose batches are dealt out when they are read. */
  @Test
  void aFileOfTfRecordsIsReadFromItsBeginning() throws IOException {
    String train = "d-train.tfrecord-00000-of-00001";
    String test = "d-test.tfrecord-00000-of-00001";
    byte[] record = TfRecordTest.frame(TfRecordTest.example(0, 1));
    byte[] cut = Arrays.copyOf(record, 5);
    Files.write(dir.resolve(train), joined(record, record, record, record, record));
    Files.write(dir.resolve(test), joined(record, cut));
    DatasetPlan plan = Datasets.open("tfrecord", dir.toString(), Limits.NONE);

    assertBatches(
        plan,
        2,
        List.of(
            batch("tfrecord/train/" + train, 0, 2),
            batch("tfrecord/train/" + train, 2, 4),
            batch("tfrecord/train/" + train, 4, 5),
            new Batch<>(List.of("tfrecord/test/" + test + "#0"), Reading.of(plan).deadLetters)));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List.of(parts).forEach(bytes::writeBytes);
    return bytes.toByteArray();
  }

  private static void assertBatches(DatasetPlan plan, int batchSize, List<Batch<String>> expected) {
    Pipeline pipeline = Pipeline.create();
    PAssert.that(pipeline.apply(ReadBatches.of(plan, IDS, StringUtf8Coder.of(), batchSize)))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 11})
  void piecesOfASliceAreItsRecordsInOrder(int records) {
    List<String> entries = LongStream.range(0, 10).mapToObj(i -> "file" + i).toList();
    Slice whole = new Slice(Split.TEST, "folder", 20, 10, entries);

    List<Slice> pieces = whole.pieces(records);

    assertThat(pieces).hasSize((10 + records - 1) / records);
    assertThat(pieces.stream().flatMap(piece -> piece.entries().stream())).isEqualTo(entries);
    long next = 20;
    for (Slice piece : pieces) {
      assertThat(piece.firstRecord()).isEqualTo(next);
      assertThat(piece.count()).isEqualTo(piece.entries().size()).isBetween(1L, (long) records);
      next += piece.count();
    }
    assertThat(Slice.ofShard(Split.TEST, "a", 0, Slice.TO_THE_END).pieces(records)).hasSize(1);
  }

  /** Nothing but the model's own time keeps a model waiting: its batch is all that is prepared. */
  @ParameterizedTest
  @ValueSource(strings = {"PIPELINED", "BATCH"})
  void aBatchIsUsedBeforeTheNextIsRead(String executionMode) throws IOException {
    DatasetPlan plan = Datasets.open("shapes", null, Limits.NONE.withTrain(40).withTest(8));
    FlinkPipelineOptions options = PipelineOptionsFactory.as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setParallelism(1);
    options.setExecutionModeForBatch(executionMode);
    Pipeline pipeline = Pipeline.create(options);
    Events.SEEN.clear();
    pipeline
        .apply(
            ReadBatches.of(
                plan, () -> image -> Events.add("read"), StringUtf8Coder.of(), /* batchSize= */ 8))
        .apply(ParDo.of(new UseFn()));

    pipeline.run().waitUntilFinish();

    assertThat(Events.SEEN)
        .isEqualTo(
            Stream.generate(
                    () -> Stream.concat(Collections.nCopies(8, "read").stream(), Stream.of("use")))
                .limit(6)
                .flatMap(events -> events)
                .toList());
  }

  /** What happened in this JVM. */
  private static final class Events {
    static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());

    private Events() {}

    static String add(String event) {
      SEEN.add(event);
      return event;
    }
  }

  static final class UseFn extends DoFn<Batch<String>, Void> {
    @ProcessElement
    public void use(@Element Batch<String> batch) {
      Events.add("use");
    }
  }

  @Test
  void aBatchTravels() throws IOException {
    Batch<String> batch =
        new Batch<>(List.of("a", "b"), List.of(new DeadLetter("shard", 2, "cut short")));

    assertThat(CoderUtils.clone(BatchCoder.of(StringUtf8Coder.of()), batch)).isEqualTo(batch);
  }
}
