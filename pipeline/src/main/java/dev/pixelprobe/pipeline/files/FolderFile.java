package dev.pixelprobe.pipeline.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;

/**
 * A file in a folder.
 *
 * @param name path below the folder, with forward slashes
 */
public record FolderFile(String name, long bytes, Instant modified) {
  static FolderFile of(Metadata file, String root) {
    return new FolderFile(
        file.resourceId().toString().substring(root.length()),
        file.sizeBytes(),
        Instant.ofEpochMilli(file.lastModifiedMillis()));
  }

  static FolderFile of(Path file, Path root) throws IOException {
    return new FolderFile(
        root.relativize(file).toString(),
        Files.size(file),
        Files.getLastModifiedTime(file).toInstant());
  }
}
