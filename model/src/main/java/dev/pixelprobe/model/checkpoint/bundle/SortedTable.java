package dev.pixelprobe.model.checkpoint.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.checkpoint.tensor.TensorFile;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * LevelDB's table of keys and values, which TensorFlow uses for its indexes: blocks of entries that
 * share prefixes, an index block, a footer. Read front to back; every block's checksum is checked.
 *
 * @see <a href="https://github.com/google/leveldb/blob/main/doc/table_format.md">the format</a>
 */
final class SortedTable {
  private static final long MAGIC = 0xdb4775248b80fb57L;
  private static final int FOOTER_BYTES = 48;
  private static final int TRAILER_BYTES = 5;
  private static final int CRC_MASK_DELTA = 0xa282ead8;

  /** An Image GPT of a thousand layers needs less. */
  private static final int MAX_BYTES = 4 << 20;

  private static final int MAX_KEY_BYTES = 512;

  private final Path file;
  private final ByteBuffer table;
  private int lastBlockEnd;

  private SortedTable(Path file, ByteBuffer table) {
    this.file = file;
    this.table = table;
  }

  /** Takes one entry. */
  @FunctionalInterface
  interface Visitor {
    void entry(String key, ByteBuffer value);
  }

  /**
   * Hands over all entries, in the order of their keys.
   *
   * @throws InvalidInputException if the file is no such table, is damaged or too long
   */
  static void forEach(Path file, Visitor visitor) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() < FOOTER_BYTES || channel.size() > MAX_BYTES) {
        throw new InvalidInputException(
            "%s: expected an index of %d to %d bytes, got %d; fetch the file again"
                .formatted(file, FOOTER_BYTES, MAX_BYTES, Files.size(file)));
      }
      ByteBuffer table = ByteBuffer.allocate((int) channel.size());
      TensorFile.readFully(file, channel, table, 0);
      new SortedTable(file, table.flip().order(ByteOrder.LITTLE_ENDIAN)).visit(visitor);
    }
  }

  private void visit(Visitor visitor) {
    try {
      ByteBuffer footer = slice(table, table.limit() - FOOTER_BYTES, FOOTER_BYTES);
      if (footer.getLong(FOOTER_BYTES - Long.BYTES) != MAGIC) {
        throw wrong("the footer of a table", "none: the file was cut or is another");
      }
      readHandle(footer);
      ByteBuffer index = block(footer);
      lastBlockEnd = 0;
      forEachEntry(index, (lastKey, handle) -> forEachEntry(block(handle), visitor));
    } catch (BufferUnderflowException e) {
      throw wrong("whole entries", "a cut one");
    }
  }

  private void forEachEntry(ByteBuffer block, Visitor visitor) {
    int restarts = block.limit() < 4 ? -1 : block.getInt(block.limit() - 4);
    if (restarts < 0 || restarts > block.limit() / 4 - 1) {
      throw wrong("a block's restart points inside it", restarts + " of them");
    }
    block.limit(block.limit() - 4 - 4 * restarts);
    byte[] key = new byte[0];
    while (block.hasRemaining()) {
      int shared = length(block);
      int fresh = length(block);
      int valueBytes = length(block);
      if (shared > key.length
          || shared + fresh > MAX_KEY_BYTES
          || (long) fresh + valueBytes > block.remaining()) {
        throw wrong("entries inside their block, with keys of at most 512 bytes", "a longer one");
      }
      byte[] next = new byte[shared + fresh];
      System.arraycopy(key, 0, next, 0, shared);
      block.get(next, shared, fresh);
      key = next;
      visitor.entry(new String(key, UTF_8), slice(block, block.position(), valueBytes));
      block.position(block.position() + valueBytes);
    }
  }

  /** The block that a handle points at, checked against its checksum. */
  private ByteBuffer block(ByteBuffer handle) {
    long[] place = readHandle(handle);
    if (place[0] < lastBlockEnd || place[1] > table.limit() - place[0] - TRAILER_BYTES) {
      throw wrong(
          "blocks one after the other", "one of %d bytes from %d".formatted(place[1], place[0]));
    }
    int begin = (int) place[0];
    int bytes = (int) place[1];
    CRC32C crc = new CRC32C();
    crc.update(slice(table, begin, bytes + 1));
    int masked = Integer.rotateRight((int) crc.getValue(), 15) + CRC_MASK_DELTA;
    if (masked != table.getInt(begin + bytes + 1)) {
      throw wrong("the checksum of what was written", "another");
    }
    if (table.get(begin + bytes) != 0) {
      throw wrong("blocks as they are", "a compressed one, which TensorFlow does not write");
    }
    lastBlockEnd = begin + bytes + TRAILER_BYTES;
    return slice(table, begin, bytes);
  }

  /** Offset and length of a block. */
  private long[] readHandle(ByteBuffer from) {
    return new long[] {length(from), length(from)};
  }

  /** A length in LEB128, which may not pass that of the whole file. */
  private int length(ByteBuffer from) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = from.get();
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        if (value < 0 || value > table.limit()) {
          throw wrong("lengths below the file's", Long.toUnsignedString(value));
        }
        return (int) value;
      }
    }
    throw wrong("a length", "more than 9 bytes of one");
  }

  private static ByteBuffer slice(ByteBuffer from, int begin, int bytes) {
    return from.slice(begin, bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private InvalidInputException wrong(String expected, String got) {
    return new InvalidInputException(
        "%s: index: expected %s, got %s; fetch the file again".formatted(file, expected, got));
  }
}
