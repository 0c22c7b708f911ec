package dev.pixelprobe.model.checkpoint.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;

/** Writes a checkpoint's index by hand, with checksums that hold whatever it says. */
public final class BundleBytes {
  private static final long MAGIC = 0xdb4775248b80fb57L;

  private final SortedMap<String, ByteString> entries = new TreeMap<>();

  private BundleBytes() {}

  /** What an index holds. */
  public static BundleBytes read(Path index) throws IOException {
    BundleBytes bytes = new BundleBytes();
    SortedTable.forEach(index, (key, value) -> bytes.entries.put(key, ByteString.copyFrom(value)));
    return bytes;
  }

  public Map<String, ByteString> entries() {
    return entries;
  }

  public BundleBytes edit(String name, UnaryOperator<BundleEntryProto.Builder> edit)
      throws IOException {
    BundleEntryProto entry = BundleEntryProto.parseFrom(entries.get(name));
    entries.put(name, edit.apply(entry.toBuilder()).build().toByteString());
    return this;
  }

  public BundleBytes copy(String name, String to) {
    entries.put(to, entries.get(name));
    return this;
  }

  public BundleBytes remove(String name) {
    entries.remove(name);
    return this;
  }

  public BundleBytes header(UnaryOperator<BundleHeaderProto.Builder> edit) throws IOException {
    BundleHeaderProto header = BundleHeaderProto.parseFrom(entries.get(""));
    entries.put("", edit.apply(header.toBuilder()).build().toByteString());
    return this;
  }

  /** Writes the index with two entries a block, keys unshared. */
  public void write(Path index) throws IOException {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    ByteArrayOutputStream handles = new ByteArrayOutputStream();
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    int inBlock = 0;
    for (var entry : entries.entrySet()) {
      add(block, entry.getKey(), entry.getValue());
      if (++inBlock % 2 == 0 || entry.getKey().equals(entries.lastKey())) {
        add(handles, entry.getKey(), ByteString.copyFrom(append(table, block, 0)));
        block.reset();
      }
    }
    byte[] meta = append(table, block, 0);
    byte[] root = append(table, handles, 0);
    ByteBuffer footer = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    footer.put(meta).put(root).putLong(40, MAGIC);
    table.writeBytes(footer.array());
    Files.write(index, table.toByteArray());
  }

  private static void add(ByteArrayOutputStream block, String key, ByteString value)
      throws IOException {
    CodedOutputStream out = CodedOutputStream.newInstance(block);
    byte[] bytes = key.getBytes(UTF_8);
    out.writeUInt32NoTag(0);
    out.writeUInt32NoTag(bytes.length);
    out.writeUInt32NoTag(value.size());
    out.writeRawBytes(bytes);
    out.writeRawBytes(value);
    out.flush();
  }

  /** Appends the block with its trailer; returns the handle that points at it. */
  private static byte[] append(
      ByteArrayOutputStream table, ByteArrayOutputStream entries, int compression)
      throws IOException {
    int begin = table.size();
    ByteBuffer block = ByteBuffer.allocate(entries.size() + 8 + 5).order(ByteOrder.LITTLE_ENDIAN);
    block.put(entries.toByteArray()).putInt(0).putInt(1).put((byte) compression);
    CRC32C crc = new CRC32C();
    crc.update(block.array(), 0, entries.size() + 9);
    block.putInt(Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8);
    table.writeBytes(block.array());
    ByteArrayOutputStream handle = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(handle);
    out.writeUInt64NoTag(begin);
    out.writeUInt64NoTag(entries.size() + 8);
    out.flush();
    return handle.toByteArray();
  }
}
