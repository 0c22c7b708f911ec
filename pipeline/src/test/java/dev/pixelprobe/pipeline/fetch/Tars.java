package dev.pixelprobe.pipeline.fetch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Builds tar.gz files, honest and hostile. */
final class Tars {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final GZIPOutputStream gzip;
  private final TarArchiveOutputStream tar;

  Tars() throws IOException {
    gzip = new GZIPOutputStream(bytes);
    tar = new TarArchiveOutputStream(gzip, "UTF-8");
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  Tars file(String name, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
    return this;
  }

  Tars folder(String name) throws IOException {
    tar.putArchiveEntry(new TarArchiveEntry(name + "/", true));
    tar.closeArchiveEntry();
    return this;
  }

  /** A link or a device: see {@code TarConstants.LF_*}. */
  Tars special(String name, byte type, String target) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
    return this;
  }

  /** A header of its own before the next entry: that entry's name, as long as one likes. */
  Tars longName(byte[] name) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
    entry.setSize(name.length);
    tar.putArchiveEntry(entry);
    tar.write(name);
    tar.closeArchiveEntry();
    return this;
  }

  /** The tar alone is cut off here: an entry that says it is longer than what follows. */
  byte[] withEntryCutShort(String name, long claimed, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(claimed);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.flush();
    gzip.finish();
    return bytes.toByteArray();
  }

  byte[] gz() throws IOException {
    tar.close();
    return bytes.toByteArray();
  }
}
