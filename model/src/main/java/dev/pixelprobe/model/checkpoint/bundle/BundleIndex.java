package dev.pixelprobe.model.checkpoint.bundle;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.checkpoint.tensor.ForeignText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorShapeProto;

/** A checkpoint's list of variables: {@code PREFIX.index}. */
final class BundleIndex {
  /** A thousand layers with an optimizer's slots have a third of it. */
  private static final int MAX_VARIABLES = 100_000;

  private final Path file;
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private int shards = -1;

  private BundleIndex(Path file) {
    this.file = file;
  }

  /** One variable, as the index describes it. */
  record Variable(DataType dtype, List<Long> shape) {
    Variable {
      shape = List.copyOf(shape);
    }
  }

  /**
   * Reads the index and checks that every variable's bytes are in its shard.
   *
   * @param prefix of the checkpoint's files
   * @throws InvalidInputException if it is damaged, or a shard is missing or was cut
   */
  static Map<String, Variable> read(Path prefix) throws IOException {
    BundleIndex index = new BundleIndex(sibling(prefix, ".index"));
    Map<String, BundleEntryProto> entries = new LinkedHashMap<>();
    SortedTable.forEach(index.file, (key, value) -> index.add(key, value, entries));
    if (index.shards < 0) {
      throw index.wrong("header", "one in front", "none");
    }
    long[] shardBytes = index.shardBytes(prefix);
    entries.forEach((name, entry) -> index.check(name, entry, shardBytes));
    return index.variables;
  }

  static Path sibling(Path prefix, String suffix) {
    return prefix.resolveSibling(prefix.getFileName() + suffix);
  }

  private void add(String key, ByteBuffer value, Map<String, BundleEntryProto> entries) {
    try {
      if (key.isEmpty() && shards < 0) {
        setHeader(BundleHeaderProto.parseFrom(value));
      } else if (entries.put(key, BundleEntryProto.parseFrom(value)) != null) {
        throw wrong(key, "one entry of that name", "two");
      } else if (entries.size() > MAX_VARIABLES) {
        throw wrong("header", "at most %d variables".formatted(MAX_VARIABLES), "more");
      }
    } catch (InvalidProtocolBufferException e) {
      throw wrong(key, "a protocol buffer", "damaged bytes");
    }
  }

  private void setHeader(BundleHeaderProto header) {
    if (header.getEndianness() != BundleHeaderProto.Endianness.LITTLE) {
      throw wrong("header", "a checkpoint of a little-endian machine", "another");
    }
    shards = header.getNumShards();
  }

  private long[] shardBytes(Path prefix) throws IOException {
    if (shards < 1 || shards > 9999) {
      throw wrong("header", "1 to 9999 shards", "" + shards);
    }
    long[] bytes = new long[shards];
    for (int shard = 0; shard < shards; shard++) {
      Path data = sibling(prefix, ".data-%05d-of-%05d".formatted(shard, shards));
      if (!Files.isRegularFile(data)) {
        throw new InvalidInputException(
            "%s: expected shard %d of %d, got no such file; fetch it too"
                .formatted(data, shard + 1, shards));
      }
      bytes[shard] = Files.size(data);
    }
    return bytes;
  }

  private void check(String name, BundleEntryProto entry, long[] shardBytes) {
    int shard = entry.getShardId();
    if (shard < 0
        || shard >= shardBytes.length
        || entry.getOffset() < 0
        || entry.getSize() < 0
        || entry.getOffset() > shardBytes[shard] - entry.getSize()) {
      throw wrong(
          name,
          "its bytes inside shard %d of %d".formatted(shard + 1, shardBytes.length),
          "%d from %d: the shard was cut".formatted(entry.getSize(), entry.getOffset()));
    }
    List<Long> shape =
        entry.getShape().getDimList().stream().map(TensorShapeProto.Dim::getSize).toList();
    if (entry.getSlicesCount() > 0) {
      throw wrong(name, "a variable in one piece", "a partitioned one");
    }
    if (entry.getDtype() == DataType.DT_FLOAT && bytes(name, shape) != entry.getSize()) {
      throw wrong(
          name, "%d bytes for %s".formatted(bytes(name, shape), shape), "" + entry.getSize());
    }
    variables.put(name, new Variable(entry.getDtype(), shape));
  }

  private long bytes(String name, List<Long> shape) {
    long bytes = Float.BYTES;
    try {
      for (long length : shape) {
        if (length < 0) {
          throw wrong(name, "a shape of whole numbers", shape.toString());
        }
        bytes = Math.multiplyExact(bytes, length);
      }
      return bytes;
    } catch (ArithmeticException e) {
      throw wrong(name, "a shape that fits its shard", shape.toString());
    }
  }

  private InvalidInputException wrong(String what, String expected, String got) {
    return new InvalidInputException(
        "%s: %s: expected %s, got %s; fetch the files again"
            .formatted(file, ForeignText.brief(what), expected, got));
  }
}
