package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * A folder of data files, on a local disk or in a bucket: whatever Beam's file systems reach.
 *
 * @param root absolute, with a slash at its end
 */
record DataFolder(String root) implements Serializable {
  private static final Pattern GLOB = Pattern.compile("[*?\\[\\]{}\\\\]");

  static DataFolder of(String dir) {
    if (GLOB.matcher(dir).find()) {
      throw new InvalidInputException(
          "folder %s: expected a path without * ? [ ] { } \\; rename or link the folder"
              .formatted(dir));
    }
    return new DataFolder(FileSystems.matchNewResource(dir, true).toString());
  }

  DataFolder child(String name) {
    return new DataFolder(root + name + "/");
  }

  boolean isLocal() {
    return FileSystems.matchNewResource(root, true).getScheme().equals("file");
  }

  /** Every file below the folder, however deep, sorted by name; empty if there is no folder. */
  List<DataFile> list() throws IOException {
    return FileSystems.match(root + "**", EmptyMatchTreatment.ALLOW).metadata().stream()
        .map(this::describe)
        .sorted(Comparator.comparing(DataFile::name))
        .toList();
  }

  SeekableByteChannel open(String name) throws IOException {
    return new ResourceInputFile(resource(name)).open();
  }

  InputStream open(String name, long offset) throws IOException {
    return Channels.newInputStream(open(name).position(offset));
  }

  ResourceId resource(String name) {
    return FileSystems.matchNewResource(root + name, false);
  }

  /** A checksum where there is one: objects put together of several have none that Beam tells. */
  private static String stamp(MatchResult.Metadata file) {
    String md5 = file.checksum();
    return md5 == null ? "modified " + file.lastModifiedMillis() : "md5 " + md5;
  }

  private DataFile describe(MatchResult.Metadata file) {
    return new DataFile(
        file.resourceId().toString().substring(root.length()), file.sizeBytes(), stamp(file));
  }
}
