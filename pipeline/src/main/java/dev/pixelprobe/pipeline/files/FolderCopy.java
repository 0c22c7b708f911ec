package dev.pixelprobe.pipeline.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/** Copies files from one folder to another, wherever the two are. */
public final class FolderCopy {
  private FolderCopy() {}

  /**
   * Copies files of a folder, the last of them when all others are there. Between buckets nothing
   * passes through this machine. If it fails, the target is deleted.
   *
   * @param last the file without which the others are no result
   */
  public static void copy(Folder from, Folder to, List<String> names, String last)
      throws IOException {
    List<String> others = names.stream().filter(name -> !name.equals(last)).toList();
    try {
      copy(from, to, others);
      copy(from, to, List.of(last));
    } catch (IOException | RuntimeException e) {
      to.deleteAfter(e);
      throw e;
    }
  }

  private static void copy(Folder from, Folder to, List<String> names) throws IOException {
    List<ResourceId> sources = names.stream().map(from::file).toList();
    List<ResourceId> targets = names.stream().map(to::file).toList();
    if (names.isEmpty()) {
      return;
    }
    if (from.isRemote() && to.isRemote()) {
      FileSystems.copy(sources, targets);
      return;
    }
    for (int i = 0; i < sources.size(); i++) {
      try (InputStream in = Channels.newInputStream(FileSystems.open(sources.get(i)));
          OutputStream out =
              Channels.newOutputStream(FileSystems.create(targets.get(i), MimeTypes.BINARY))) {
        in.transferTo(out);
      }
    }
  }
}
