package dev.pixelprobe.pipeline.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks a tar.gz that need not be trusted. Only files and folders come out, and only below the
 * target: links and devices are refused wherever they point. Lengths, the number of entries and the
 * memory for headers are bounded.
 */
final class TarGz {
  private static final long HEADER_BYTES = 1 << 20;
  private static final int MAX_NAME = 255;
  private static final Pattern UNSAFE = Pattern.compile("^/|(^|/)\\.\\.(/|$)|\\p{Cntrl}");

  private final Path file;
  private final Archive limits;
  private final Path target;
  private long bytesLeft;

  private TarGz(Path file, Archive limits, Path target) {
    this.file = file;
    this.limits = limits;
    this.target = target;
    this.bytesLeft = limits.maxBytes();
  }

  /**
   * Unpacks into an empty folder.
   *
   * @throws InvalidInputException if the archive is damaged, too large, or reaches outside
   */
  static void unpack(Path file, Archive limits, Path target) throws IOException {
    new TarGz(file, limits, target).unpack();
  }

  private void unpack() throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      BoundedStream plain = new BoundedStream(gunzip(bytes));
      try (TarArchiveInputStream tar = new TarArchiveInputStream(plain, "UTF-8")) {
        unpack(tar, plain);
        plain.allow(HEADER_BYTES);
        while (read(plain, new byte[1 << 13]) >= 0) {} // to the checksum at the end of the gzip
      }
    }
  }

  private void unpack(TarArchiveInputStream tar, BoundedStream plain) throws IOException {
    int entries = 0;
    for (TarArchiveEntry entry = next(tar, plain); entry != null; entry = next(tar, plain)) {
      if (++entries > limits.maxEntries()) {
        throw refused("at most %,d entries".formatted(limits.maxEntries()), "more");
      }
      Path place = place(entry);
      if (entry.isDirectory()) {
        makeFolder(place, entry);
      } else {
        makeFolder(place.resolveSibling(""), entry);
        write(tar, plain, entry, place);
      }
    }
  }

  private InputStream gunzip(InputStream bytes) {
    try {
      return new GZIPInputStream(bytes, 1 << 16);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private TarArchiveEntry next(TarArchiveInputStream tar, BoundedStream plain) {
    plain.allow(HEADER_BYTES);
    try {
      return tar.getNextEntry();
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  /** Where an entry goes; refuses what is no file or folder, or lies elsewhere. */
  private Path place(TarArchiveEntry entry) {
    String name = entry.getName();
    if (!entry.isDirectory() && !isPlainFile(entry)) {
      throw refused("only files and folders", "%s %s".formatted(kind(entry), shown(name)));
    }
    try {
      Path place = target.resolve(name).normalize();
      boolean inside = place.startsWith(target) && (entry.isDirectory() || !place.equals(target));
      if (inside && !UNSAFE.matcher(name).find() && !isTooLong(name)) {
        return place;
      }
    } catch (InvalidPathException e) {
      throw refused("paths that this system can write", shown(name));
    }
    throw refused("short paths that stay in it", shown(name));
  }

  private static boolean isPlainFile(TarArchiveEntry entry) {
    return entry.isFile()
        && !entry.isLink()
        && !entry.isSymbolicLink()
        && !entry.isCharacterDevice()
        && !entry.isBlockDevice()
        && !entry.isFIFO()
        && !entry.isSparse();
  }

  private static String kind(TarArchiveEntry entry) {
    if (entry.isSymbolicLink()) {
      return "the symbolic link";
    }
    return entry.isLink() ? "the hard link" : "the special file";
  }

  private static boolean isTooLong(String name) {
    return name.getBytes(UTF_8).length > MAX_NAME;
  }

  private void makeFolder(Path folder, TarArchiveEntry entry) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw refused("every path once", shown(entry.getName()) + " again");
    }
  }

  private void write(
      TarArchiveInputStream tar, BoundedStream plain, TarArchiveEntry entry, Path place)
      throws IOException {
    bytesLeft -= entry.getSize();
    if (entry.getSize() < 0 || bytesLeft < 0) {
      throw refused("at most %,d bytes unpacked".formatted(limits.maxBytes()), "more");
    }
    plain.allow(entry.getSize() + HEADER_BYTES);
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out =
        Files.newOutputStream(place, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int n = read(tar, buffer); n >= 0; n = read(tar, buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (FileAlreadyExistsException e) {
      throw refused("every path once", shown(entry.getName()) + " again");
    }
  }

  /** Tells a damaged archive from a disk that cannot be written. */
  private int read(InputStream in, byte[] buffer) {
    try {
      return in.read(buffer);
    } catch (IOException | IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private InvalidInputException damaged(Exception e) {
    String how =
        e instanceof BoundedStream.ExceededException
            ? "one that is longer than it says"
            : "a damaged one (%s)".formatted(shown(String.valueOf(e.getMessage())));
    return new InvalidInputException(
        "%s: expected a tar.gz, got %s; name another source with --from URL"
            .formatted(file.getFileName(), how),
        e);
  }

  private InvalidInputException refused(String expected, String got) {
    return new InvalidInputException(
        "%s: expected %s, got %s; this is not the published file: name another source with --from"
            .formatted(file.getFileName(), expected, got));
  }

  /** A stranger's text as one short line. */
  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > 80 ? line.substring(0, 80) + ".." : line;
  }
}
