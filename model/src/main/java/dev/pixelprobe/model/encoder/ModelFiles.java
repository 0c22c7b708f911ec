package dev.pixelprobe.model.encoder;

import dev.pixelprobe.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The files that make a SavedModel: its graph, weights and assets. */
final class ModelFiles {
  private static final List<String> PARTS = List.of("saved_model.pb", "variables", "assets");
  private static final int BUFFER = 1 << 20;

  private ModelFiles() {}

  /** SHA-256 of the files' names and bytes, and of how the model is called. */
  static String digest(Path modelDir, String... call) throws IOException {
    MessageDigest sha256 = Sha256.begin();
    for (String part : PARTS) {
      for (Path file : files(modelDir.resolve(part))) {
        add(modelDir.relativize(file).toString(), sha256);
        sha256.update(contentDigest(file));
      }
    }
    for (String line : call) {
      add(line, sha256);
    }
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static void add(String text, MessageDigest sha256) {
    sha256.update((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static List<Path> files(Path part) throws IOException {
    if (!Files.exists(part)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(part)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static byte[] contentDigest(Path file) throws IOException {
    MessageDigest sha256 = Sha256.begin();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
      }
    }
    return sha256.digest();
  }
}
