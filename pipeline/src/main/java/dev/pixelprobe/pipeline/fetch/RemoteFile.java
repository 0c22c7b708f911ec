package dev.pixelprobe.pipeline.fetch;

import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file as its publisher offers it.
 *
 * @param name its name there, and on every mirror
 * @param uri where its publisher has it
 * @param bytes its length, where it is known
 * @param sha256 in lower-case hex, where it is known
 */
record RemoteFile(String name, URI uri, OptionalLong bytes, Optional<String> sha256) {
  static RemoteFile known(String base, String name, long bytes, String sha256) {
    return new RemoteFile(
        name, URI.create(base + name), OptionalLong.of(bytes), Optional.of(sha256));
  }

  static RemoteFile ofLength(String base, String name, long bytes) {
    return new RemoteFile(name, URI.create(base + name), OptionalLong.of(bytes), Optional.empty());
  }

  static RemoteFile unknown(String base, String name) {
    return new RemoteFile(name, URI.create(base + name), OptionalLong.empty(), Optional.empty());
  }
}
