package dev.pixelprobe.pipeline.data;

import dev.pixelprobe.model.Sha256;
import dev.pixelprobe.pipeline.files.Folder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** What tells one data set from another: SHA-256 of its files' names and contents. */
final class PlanDigest {
  private final MessageDigest plan = Sha256.begin();

  PlanDigest(String dataset, Limits limits) {
    add(dataset);
    add("limits " + limits.train() + " " + limits.test());
  }

  PlanDigest add(String line) {
    plan.update((line + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** A local file counts with its contents, a remote one with what its file system tells of it. */
  PlanDigest addFiles(Listing listing) throws IOException {
    boolean local = listing.folder().isLocal();
    for (DataFile file : listing.files()) {
      String content = local ? contentOf(listing.folder().open(file.name(), 0)) : file.stamp();
      add(file.name() + " " + file.bytes() + " " + content);
    }
    return this;
  }

  /** Files of any folder, likewise. */
  PlanDigest addFiles(Folder folder, List<String> names) throws IOException {
    if (folder.isRemote()) {
      Set<String> wanted = Set.copyOf(names);
      return addFiles(Listing.of(folder.location()).matching(file -> wanted.contains(file.name())));
    }
    for (String name : names) {
      Path file = Path.of(folder.location(), name);
      add(name + " " + Files.size(file) + " " + contentOf(Files.newInputStream(file)));
    }
    return this;
  }

  String hex() {
    return HexFormat.of().formatHex(plan.digest());
  }

  private static String contentOf(InputStream file) throws IOException {
    MessageDigest content = Sha256.begin();
    try (file) {
      byte[] buffer = new byte[1 << 16];
      for (int n = file.read(buffer); n >= 0; n = file.read(buffer)) {
        content.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(content.digest());
  }
}
