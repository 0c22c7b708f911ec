package dev.pixelprobe.model.checkpoint;

import static dev.pixelprobe.model.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.Golden;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.Objective;
import dev.pixelprobe.model.checkpoint.bundle.BundleBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto.Endianness;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.TensorSliceProto;

final class OpenAiCheckpointTest {
  private static final String GOLDEN = "igpt-tiny-8px-openai/openai/model.ckpt-131000";
  private static final String DATA = ".data-00000-of-00001";
  private static final String Q = "model/h1/attn/q_proj";

  @TempDir Path dir;
  private Path prefix = Path.of("unset");
  private BundleBytes index = sound();

  @BeforeEach
  void copySound() throws IOException {
    prefix = dir.resolve("model.ckpt-7");
    index = sound();
    Files.copy(Golden.resource(GOLDEN + DATA), sibling(DATA));
  }

  private static BundleBytes sound() {
    try {
      return BundleBytes.read(Golden.resource(GOLDEN + ".index"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Path sibling(String suffix) {
    return dir.resolve(prefix.getFileName() + suffix);
  }

  private Checkpoint open() throws IOException {
    index.write(sibling(".index"));
    return Checkpoint.open(prefix, Objective.AUTOREGRESSIVE);
  }

  @Test
  void theArchitectureFollowsFromTheShapes() throws IOException {
    try (Checkpoint checkpoint =
        Checkpoint.open(Golden.resource(GOLDEN), Objective.AUTOREGRESSIVE)) {
      assertThat(checkpoint.architecture())
          .isEqualTo(new Architecture(8, 32, 3, 2, 128, 512, 1e-5));
      assertThat(checkpoint.palette()).isEmpty();
      assertThat(checkpoint.absentBiases()).isEmpty();
    }
  }

  @Test
  void everyTensorIsThatOfTheHuggingFaceFolder() throws IOException {
    try (Checkpoint ours = open();
        Checkpoint theirs = HuggingFaceCheckpoint.open(Golden.resource("igpt-tiny-8px-openai"))) {
      assertSame(ours, theirs);
    }
  }

  private static void assertSame(Checkpoint ours, Checkpoint theirs) throws IOException {
    for (var tensor : theirs.architecture().tensorShapes().entrySet()) {
      assertThat(ours.tensor(tensor.getKey(), tensor.getValue()))
          .as(tensor.getKey())
          .containsExactly(theirs.tensor(tensor.getKey(), tensor.getValue()));
    }
  }

  @Test
  void itMayLieInManyShardsBesideSlotsAndCounters() throws IOException {
    cutIntoShards(3);
    index.copy("model/wte", "model/wte/adam_m").copy("model/wte", "model/wte/adam_v");
    index.copy("global_step", "model/_step").copy("model/wte", "model/clf/w");
    try (Checkpoint ours = open();
        Checkpoint theirs = Checkpoint.open(Golden.resource(GOLDEN), Objective.AUTOREGRESSIVE)) {
      assertThat(ours.architecture()).isEqualTo(theirs.architecture());
      assertSame(ours, theirs);
    }
  }

  /** Deals the variables out, one shard after the other. */
  private void cutIntoShards(int shards) throws IOException {
    byte[] data = Files.readAllBytes(sibling(DATA));
    Files.delete(sibling(DATA));
    List<ByteArrayOutputStream> cut =
        Stream.generate(ByteArrayOutputStream::new).limit(shards).toList();
    int next = 0;
    for (String name : List.copyOf(index.entries().keySet())) {
      if (!name.isEmpty()) {
        int shard = next++ % shards;
        index.edit(
            name,
            entry -> {
              int begin = (int) entry.getOffset();
              byte[] bytes = Arrays.copyOfRange(data, begin, begin + (int) entry.getSize());
              entry.setShardId(shard).setOffset(cut.get(shard).size());
              cut.get(shard).writeBytes(bytes);
              return entry;
            });
      }
    }
    index.header(header -> header.setNumShards(shards));
    for (int shard = 0; shard < shards; shard++) {
      Files.write(
          sibling(".data-%05d-of-%05d".formatted(shard, shards)), cut.get(shard).toByteArray());
    }
  }

  @Test
  void aBertModelNeedsNoStartTokenAndReadsNone() throws IOException {
    assertIsBert(Golden.resource(GOLDEN));

    index.remove("model/sos").write(sibling(".index"));
    assertRefused(() -> Checkpoint.open(prefix, Objective.AUTOREGRESSIVE), "pass --objective bert");
    assertIsBert(prefix);
  }

  private static void assertIsBert(Path from) throws IOException {
    try (Checkpoint bert = Checkpoint.open(from, Objective.BERT)) {
      assertThat(bert.architecture().objective()).isEqualTo(Objective.BERT);
      assertThat(bert.tensor("wte", 512, 32)).hasSize(512 * 32);
    }
  }

  @Test
  void aMissingOrCutShardIsNamed() throws IOException {
    byte[] data = Files.readAllBytes(sibling(DATA));
    Files.write(sibling(DATA), Arrays.copyOf(data, data.length - 1));
    assertRefused(this::open, "model.ckpt-7.index", "the shard was cut");

    Files.delete(sibling(DATA));
    assertRefused(this::open, "model.ckpt-7.data-00000-of-00001: expected shard 1 of 1");
  }

  @Test
  void aShardOfOtherBytesIsFoundOutByItsChecksum() throws IOException {
    byte[] data = Files.readAllBytes(sibling(DATA));
    index.edit(
        "model/wtet",
        entry -> {
          data[(int) entry.getOffset()] ^= 1;
          return entry;
        });
    Files.write(sibling(DATA), data);
    try (Checkpoint checkpoint = open()) {
      assertRefused(() -> checkpoint.tensor("head", 512, 32), "model/wtet", "hecksum");
    }
  }

  @Test
  void valuesThatAreNotFiniteAreRefused() throws IOException {
    byte[] data = Files.readAllBytes(sibling(DATA));
    index.edit(
        "model/wpe",
        entry -> {
          ByteBuffer.wrap(data)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putFloat((int) entry.getOffset() + 8, Float.NaN);
          return entry.setCrc32C(maskedCrc(data, entry));
        });
    Files.write(sibling(DATA), data);
    try (Checkpoint checkpoint = open()) {
      assertRefused(
          () -> checkpoint.tensor("wpe", 64, 32), "model/wpe: expected finite", "element 2");
    }
  }

  private static int maskedCrc(byte[] data, BundleEntryProto.Builder entry) {
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(data, (int) entry.getOffset(), (int) entry.getSize());
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  @Test
  void whereverTheIndexWasCutItIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(Golden.resource(GOLDEN + ".index"));
    for (int length = 0; length < whole.length; length += 5) {
      Files.write(sibling(".index"), Arrays.copyOf(whole, length));
      assertRefused(
          () -> Checkpoint.open(prefix, Objective.AUTOREGRESSIVE).close(), "model.ckpt-7.index");
    }
  }

  @Test
  void noWrongByteInTheIndexIsABug() throws IOException {
    byte[] whole = Files.readAllBytes(Golden.resource(GOLDEN + ".index"));
    int refused = 0;
    for (int at = 0; at < whole.length; at += 2) {
      byte[] spoilt = whole.clone();
      spoilt[at] ^= (byte) (1 << at % 8);
      Files.write(sibling(".index"), spoilt);
      try (Checkpoint checkpoint = Checkpoint.open(prefix, Objective.AUTOREGRESSIVE)) {
        assertThat(checkpoint.architecture().nLayer()).isEqualTo(3);
      } catch (InvalidInputException e) {
        refused++;
      }
    }
    // All else is padding of the footer, or the empty block of metadata, which is not read.
    assertThat(refused).isGreaterThan((whole.length - 64) / 2);
  }

  /** What an index may say that its checksum cannot know to be wrong. */
  @FunctionalInterface
  private interface Lie {
    void tell(BundleBytes index) throws IOException;
  }

  private static Arguments lie(String says, Lie lie) {
    return Arguments.of(says, lie);
  }

  private static TensorShapeProto shape(long... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dim : dims) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(dim));
    }
    return shape.build();
  }

  static Stream<Arguments> lies() {
    return Stream.of(
        lie("a variable " + Q, index -> index.remove(Q)),
        lie("a variable model/wpe", index -> index.remove("model/wpe")),
        lie("a variable model/wtet", index -> index.remove("model/wtet")),
        lie("inside shard 2 of 1", index -> index.edit(Q, e -> e.setShardId(1))),
        lie("inside shard 0 of 1", index -> index.edit(Q, e -> e.setShardId(-1))),
        lie("the shard was cut", index -> index.edit(Q, e -> e.setOffset(1L << 62))),
        lie("from -8", index -> index.edit(Q, e -> e.setOffset(-8))),
        lie("the shard was cut", index -> index.edit(Q, e -> e.setSize(Long.MAX_VALUE))),
        lie("got 8", index -> index.edit(Q, e -> e.setSize(8))),
        lie("a shape of whole", index -> index.edit(Q, e -> e.setShape(shape(-2, -16, 32)))),
        lie(
            "a shape that fits",
            index -> index.edit(Q, e -> e.setShape(shape(1L << 40, 1L << 40)))),
        lie(
            "[2, 16, 32], got [16, 2, 32]",
            index -> index.edit(Q, e -> e.setShape(shape(16, 2, 32)))),
        lie("expected 3 axes", index -> index.edit(Q, e -> e.setShape(shape(32, 32)))),
        lie(
            "a partitioned one",
            index -> index.edit(Q, e -> e.addSlices(TensorSliceProto.getDefaultInstance()))),
        lie("a square number", index -> index.edit("model/wpe", e -> square(e, 32, 64))),
        lie("9999 shards", index -> index.header(h -> h.setNumShards(0))),
        lie("9999 shards", index -> index.header(h -> h.setNumShards(1 << 30))),
        lie("little-endian", index -> index.header(h -> h.setEndianness(Endianness.BIG))),
        lie("header: expected one", index -> index.remove("")));
  }

  private static BundleEntryProto.Builder square(BundleEntryProto.Builder entry, long... dims) {
    return entry.setShape(shape(dims));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lies")
  void anIndexThatLiesIsRefused(String says, Lie lie) throws IOException {
    lie.tell(index);

    assertRefused(() -> open().close(), "model.ckpt-7", says);
  }

  @Test
  void whatIsNoPrefixIsRefusedWithAdvice() throws IOException {
    open().close();

    assertRefused(
        () -> Checkpoint.open(sibling(".index"), Objective.AUTOREGRESSIVE), "without .index");
    assertRefused(
        () -> Checkpoint.open(dir.resolve("model.ckpt-8"), Objective.AUTOREGRESSIVE),
        "model.ckpt-8: expected a checkpoint folder");
  }
}
