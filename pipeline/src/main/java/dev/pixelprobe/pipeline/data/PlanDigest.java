package dev.pixelprobe.pipeline.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What tells one data set from another: SHA-256 of its files' names and contents. */
final class PlanDigest {
  private final MessageDigest plan = sha256();

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
      String content = local ? contentOf(listing.folder(), file) : file.stamp();
      add(file.name() + " " + file.bytes() + " " + content);
    }
    return this;
  }

  /** A local file, with its contents. */
  PlanDigest addFile(String name, Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return add(name + " " + Files.size(file) + " " + contentOf(in));
    }
  }

  String hex() {
    return HexFormat.of().formatHex(plan.digest());
  }

  private static String contentOf(DataFolder folder, DataFile file) throws IOException {
    try (InputStream in = folder.open(file.name(), 0)) {
      return contentOf(in);
    }
  }

  private static String contentOf(InputStream in) throws IOException {
    MessageDigest content = sha256();
    byte[] buffer = new byte[1 << 16];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      content.update(buffer, 0, n);
    }
    return HexFormat.of().formatHex(content.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
