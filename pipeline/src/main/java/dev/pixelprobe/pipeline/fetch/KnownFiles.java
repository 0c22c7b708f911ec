package dev.pixelprobe.pipeline.fetch;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/**
 * The SHA-256 of files that have no published one, as this user first got them: a later fetch
 * notices when they have changed. Kept in one JSON file, by the publisher's address.
 */
public final class KnownFiles {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Path store;

  /**
   * What was seen.
   *
   * @param since the day, in UTC
   */
  record Known(String sha256, String since) {}

  /**
   * @param store the JSON file; need not be there
   */
  public KnownFiles(Path store) {
    this.store = store;
  }

  /**
   * Compares a file with what it was the first time, if there was one.
   *
   * @throws InvalidInputException if it was another one
   */
  void check(RemoteFile file, String sha256) throws IOException {
    Known before = read().get(file.uri().toString());
    if (before != null && !sha256.equals(before.sha256())) {
      throw new InvalidInputException(
          "%s: expected SHA-256 %s as on %s, got %s; if its publisher has changed it, delete its entry from %s"
              .formatted(file.name(), before.sha256(), before.since(), sha256, store));
    }
  }

  /** Remembers files, by their address; those that are known stay as they are. */
  void remember(Map<URI, String> sha256) throws IOException {
    Map<String, Known> all = read();
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    sha256.forEach((uri, digest) -> all.putIfAbsent(uri.toString(), new Known(digest, today)));
    write(all);
  }

  private Map<String, Known> read() throws IOException {
    if (!Files.exists(store)) {
      return new TreeMap<>();
    }
    try {
      return MAPPER.readValue(
          Files.readAllBytes(store), new TypeReference<TreeMap<String, Known>>() {});
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "%s: expected the SHA-256 of files as JSON, got something else; delete it"
              .formatted(store),
          e);
    }
  }

  private void write(Map<String, Known> all) throws IOException {
    Path folder = store.toAbsolutePath().resolveSibling("");
    Files.createDirectories(folder);
    Path aside = Files.createTempFile(folder, ".known-", ".json");
    try {
      Files.write(aside, MAPPER.writeValueAsBytes(all));
      Files.move(aside, store, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
