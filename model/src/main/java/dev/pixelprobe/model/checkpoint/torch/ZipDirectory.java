package dev.pixelprobe.model.checkpoint.torch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.checkpoint.tensor.ForeignText;
import dev.pixelprobe.model.checkpoint.tensor.TensorFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The directory of a zip file of any size whose entries are stored as they are, as PyTorch's must
 * be: an entry is a place in the file. A compressed one is refused, so nothing can swell.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">the format</a>
 */
final class ZipDirectory {
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int END64 = 0x06064b50;
  private static final int LOCATOR64 = 0x07064b50;
  private static final int LOCATOR64_BYTES = 20;
  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_BYTES = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_BYTES = 30;
  private static final long IN_EXTRA = 0xffffffffL;
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
  private static final int MAX_DIRECTORY_BYTES = 16 << 20;

  private final Path file;
  private final FileChannel channel;
  private final Map<String, Entry> headers = new LinkedHashMap<>();

  private ZipDirectory(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Bytes of the file: an entry's header and all after it, or its data alone. */
  record Entry(long begin, long bytes) {}

  static ZipDirectory read(Path file, FileChannel channel) throws IOException {
    ZipDirectory zip = new ZipDirectory(file, channel);
    Entry directory = zip.find();
    if (directory.bytes > MAX_DIRECTORY_BYTES
        || directory.begin < 0
        || directory.bytes < 0
        || directory.begin > channel.size() - directory.bytes) {
      throw zip.wrong(
          "a directory of at most %d bytes inside the file".formatted(MAX_DIRECTORY_BYTES),
          "%d bytes from %d".formatted(directory.bytes, directory.begin));
    }
    ByteBuffer bytes = zip.bytes(directory.begin, (int) directory.bytes);
    while (bytes.remaining() >= CENTRAL_BYTES && bytes.getInt(bytes.position()) == CENTRAL) {
      zip.add(bytes);
    }
    if (bytes.hasRemaining()) {
      throw zip.wrong("entries to the directory's end", "something else");
    }
    return zip;
  }

  Set<String> names() {
    return headers.keySet();
  }

  /**
   * Where an entry's data are, inside the file.
   *
   * @throws InvalidInputException if there is no such entry, or it reaches beyond the file
   */
  Entry entry(String name) throws IOException {
    Entry header = headers.get(name);
    if (header == null) {
      throw wrong("an entry " + ForeignText.brief(name), "none");
    }
    if (header.begin < 0 || header.begin > channel.size() - LOCAL_BYTES) {
      throw wrong("entry %s inside the file".formatted(ForeignText.brief(name)), "one outside");
    }
    ByteBuffer local = bytes(header.begin, LOCAL_BYTES);
    long begin = header.begin + LOCAL_BYTES + u2(local, 26) + u2(local, 28);
    if (local.getInt(0) != LOCAL || header.bytes < 0 || header.bytes > channel.size() - begin) {
      throw wrong(
          "entry %s inside the file".formatted(ForeignText.brief(name)),
          "%d bytes from %d".formatted(header.bytes, begin));
    }
    return new Entry(begin, header.bytes);
  }

  private Entry find() throws IOException {
    int tailBytes = (int) Math.min(channel.size(), END_BYTES + 0xffff);
    long tailBegin = channel.size() - tailBytes;
    ByteBuffer tail = bytes(tailBegin, tailBytes);
    for (int at = tailBytes - END_BYTES; at >= 0; at--) {
      if (tail.getInt(at) == END && at + END_BYTES + u2(tail, at + 20) == tailBytes) {
        return at >= LOCATOR64_BYTES && tail.getInt(at - LOCATOR64_BYTES) == LOCATOR64
            ? find64(tail.getLong(at - LOCATOR64_BYTES + 8))
            : new Entry(u4(tail, at + 16), u4(tail, at + 12));
      }
    }
    throw wrong("its directory at the end", "none: the file was cut");
  }

  private Entry find64(long at) throws IOException {
    int bytes = 56;
    if (at < 0 || at > channel.size() - bytes || bytes(at, 4).getInt(0) != END64) {
      throw wrong("a zip64 directory", "none at " + at);
    }
    ByteBuffer end = bytes(at, bytes);
    return new Entry(end.getLong(48), end.getLong(40));
  }

  private void add(ByteBuffer directory) {
    int at = directory.position();
    int nameBytes = u2(directory, at + 28);
    int extraBytes = u2(directory, at + 30);
    int next = at + CENTRAL_BYTES + nameBytes + extraBytes + u2(directory, at + 32);
    if (next > directory.limit()) {
      throw wrong("whole entries in the directory", "a cut one");
    }
    String name = UTF_8.decode(directory.slice(at + CENTRAL_BYTES, nameBytes)).toString();
    long packed = u4(directory, at + 20);
    long bytes = u4(directory, at + 24);
    long header = u4(directory, at + 42);
    ByteBuffer extra =
        extra64(directory.slice(at + CENTRAL_BYTES + nameBytes, extraBytes).order(LITTLE));
    bytes = bytes == IN_EXTRA ? next(extra, name) : bytes;
    packed = packed == IN_EXTRA ? next(extra, name) : packed;
    header = header == IN_EXTRA ? next(extra, name) : header;
    boolean encrypted = (u2(directory, at + 8) & 1) != 0;
    if (u2(directory, at + 10) != 0 || packed != bytes || encrypted) {
      throw wrong(
          "entry %s stored as it is".formatted(ForeignText.brief(name)),
          "it compressed or encrypted, which torch.save never does");
    }
    if (headers.put(name, new Entry(header, bytes)) != null) {
      throw wrong("one entry %s".formatted(ForeignText.brief(name)), "two");
    }
    directory.position(next);
  }

  /** The extra field of numbers above 32 bits; empty where there is none. */
  private static ByteBuffer extra64(ByteBuffer extra) {
    while (extra.remaining() >= 4) {
      int id = extra.getShort() & 0xffff;
      int bytes = Math.min(extra.getShort() & 0xffff, extra.remaining());
      if (id == 1) {
        return extra.limit(extra.position() + bytes);
      }
      extra.position(extra.position() + bytes);
    }
    return extra.limit(extra.position());
  }

  private long next(ByteBuffer extra, String name) {
    if (extra.remaining() < Long.BYTES) {
      throw wrong("entry %s's length".formatted(ForeignText.brief(name)), "none");
    }
    return extra.getLong();
  }

  private ByteBuffer bytes(long begin, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(LITTLE);
    TensorFile.readFully(file, channel, bytes, begin);
    return bytes.flip();
  }

  private static int u2(ByteBuffer bytes, int at) {
    return bytes.getShort(at) & 0xffff;
  }

  private static long u4(ByteBuffer bytes, int at) {
    return bytes.getInt(at) & 0xffffffffL;
  }

  private InvalidInputException wrong(String expected, String got) {
    return new InvalidInputException(
        "%s: zip: expected %s, got %s; fetch the file again".formatted(file, expected, got));
  }
}
