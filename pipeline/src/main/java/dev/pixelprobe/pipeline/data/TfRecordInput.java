package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The records of a TFRecord file, gzipped or not: length (8 bytes, little-endian), masked CRC-32C
 * of the length, data, masked CRC-32C of the data. A file cut in mid-record ends with an {@link
 * EOFException}; a checksum that does not fit is an {@link InvalidInputException}.
 */
final class TfRecordInput implements Closeable {
  private static final int HEADER_BYTES = 12;
  private static final int CRC_BYTES = 4;

  private final String shard;
  private final InputStream in;
  private long record;

  private TfRecordInput(String shard, InputStream in) {
    this.shard = shard;
    this.in = in;
  }

  static TfRecordInput open(DataFolder folder, String shard) throws IOException {
    InputStream file = new BufferedInputStream(folder.open(shard, 0), 1 << 16);
    try {
      return new TfRecordInput(shard, shard.endsWith(".gz") ? new GZIPInputStream(file) : file);
    } catch (ZipException e) {
      file.close();
      throw notGzip(shard, 0, e);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** How many whole records a file has. */
  static long count(DataFolder folder, String shard) throws IOException {
    long count = 0;
    try (TfRecordInput input = open(folder, shard)) {
      while (input.skip()) {
        count++;
      }
    } catch (EOFException e) {
      return count;
    }
    return count;
  }

  /** The next record's data; empty at the end. */
  Optional<byte[]> next() throws IOException {
    Optional<Integer> length = header();
    if (length.isEmpty()) {
      return Optional.empty();
    }
    byte[] data = whole(length.get());
    checkCrc("data", data, data.length, ByteBuffer.wrap(whole(CRC_BYTES)));
    record++;
    return Optional.of(data);
  }

  private boolean skip() throws IOException {
    Optional<Integer> length = header();
    if (length.isEmpty()) {
      return false;
    }
    try {
      in.skipNBytes((long) length.get() + CRC_BYTES);
    } catch (ZipException e) {
      throw notGzip(shard, record, e);
    }
    record++;
    return true;
  }

  private Optional<Integer> header() throws IOException {
    byte[] header = upTo(HEADER_BYTES);
    if (header.length == 0) {
      return Optional.empty();
    }
    requireLength(header, HEADER_BYTES);
    ByteBuffer buffer = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    checkCrc("length", header, Long.BYTES, buffer.slice(Long.BYTES, CRC_BYTES));
    long length = buffer.getLong();
    if (length < 0 || length > Integer.MAX_VALUE - Long.BYTES) {
      throw new InvalidInputException(
          "%s record %d: expected less than 2 GiB, got a length of %s bytes; copy the file again"
              .formatted(shard, record, Long.toUnsignedString(length)));
    }
    return Optional.of((int) length);
  }

  private byte[] whole(int bytes) throws IOException {
    byte[] read = upTo(bytes);
    requireLength(read, bytes);
    return read;
  }

  private byte[] upTo(int bytes) throws IOException {
    try {
      return in.readNBytes(bytes);
    } catch (ZipException e) {
      throw notGzip(shard, record, e);
    }
  }

  private static void requireLength(byte[] read, int expected) throws EOFException {
    if (read.length < expected) {
      throw new EOFException("expected %d more bytes, got %d".formatted(expected, read.length));
    }
  }

  private void checkCrc(String what, byte[] data, int length, ByteBuffer stored) {
    CRC32C crc = new CRC32C();
    crc.update(data, 0, length);
    int expected = stored.order(ByteOrder.LITTLE_ENDIAN).getInt();
    int got = mask((int) crc.getValue());
    if (got != expected) {
      throw new InvalidInputException(
          "%s record %d: expected %s checksum %08x, got %08x; the file is damaged, copy it again"
              .formatted(shard, record, what, expected, got));
    }
  }

  /** So that a checksum over data that holds checksums stays a good one (TFRecord's own rule). */
  static int mask(int crc) {
    return Integer.rotateRight(crc, 15) + 0xa282ead8;
  }

  private static InvalidInputException notGzip(String shard, long record, ZipException e) {
    return new InvalidInputException(
        "%s record %d: expected gzip data, got damage (%s); copy the file again"
            .formatted(shard, record, e.getMessage()),
        e);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
