package dev.pixelprobe.pipeline.features;

import dev.pixelprobe.pipeline.files.Folder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Folders by the digest of all that their content depends on. One appears whole or not at all, also
 * when several processes fill the same one at once: the first wins.
 */
public sealed interface DigestCache permits LocalDigestCache, RemoteDigestCache {
  /**
   * The cache in one folder.
   *
   * @param location of the folder, which need not exist yet: an absolute local path, or a {@code
   *     gs://} URI
   * @param check tells an entry from a damaged one
   */
  static DigestCache in(String location, Check check) {
    return Folder.isRemote(location)
        ? new RemoteDigestCache(Folder.at(location), check, InstantSource.system())
        : new LocalDigestCache(Path.of(location), check);
  }

  /** Whether a folder, which need not exist, is a whole entry of a digest. */
  @FunctionalInterface
  interface Check {
    boolean isComplete(String location, String digest) throws IOException;
  }

  /** Fills an empty folder. */
  @FunctionalInterface
  interface Content {
    void writeTo(String location) throws IOException;
  }

  /** Where the entry of this digest is, if it is there and complete. */
  Optional<String> lookup(String digest) throws IOException;

  /**
   * Fills a folder that nobody sees, and makes it the entry when it is complete. A failure leaves
   * nothing.
   *
   * @return where the entry is; another process's if that one was first
   */
  String publish(String digest, Content content) throws IOException;

  /** The digest, if it is one: the name of a folder. */
  static String checked(String digest) {
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("digest: expected 64 hex digits, got " + digest);
    }
    return digest;
  }
}
