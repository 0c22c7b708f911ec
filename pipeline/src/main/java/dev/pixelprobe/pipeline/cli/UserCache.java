package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.files.Folder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where this user's imported models, extracted features, the network of FID and the checksums of
 * fetched files are kept: the system property {@code pixelprobe.cache}, else {@code
 * $PIXELPROBE_CACHE}, else {@code $XDG_CACHE_HOME/pixelprobe}, else {@code ~/.cache/pixelprobe}.
 *
 * <p>The first two may be {@code gs://} URIs. Then features and models are kept there, for all who
 * name the same, and the rest on this machine where the last two say.
 */
final class UserCache {
  private UserCache() {}

  /** What is kept on this machine: what was fetched, and copies. */
  static Path directory() {
    Path home = Path.of(System.getProperty("user.home"));
    return local(own(), System.getenv(), home).toAbsolutePath();
  }

  /** What a cluster's workers share too: an absolute local path, or a {@code gs://} URI. */
  static String shared() {
    return own().filter(Folder::isRemote).orElseGet(() -> directory().toString());
  }

  /** Where {@code fetch} puts the network of FID, and {@code fid} looks for it. */
  static Path inception() {
    return directory().resolve("inception");
  }

  private static Optional<String> own() {
    String property = System.getProperty("pixelprobe.cache");
    String own = property == null ? System.getenv("PIXELPROBE_CACHE") : property;
    return Optional.ofNullable(own).filter(place -> !place.isEmpty());
  }

  static Path local(Optional<String> own, Map<String, String> environment, Path home) {
    if (own.isPresent() && !Folder.isRemote(own.get())) {
      return Path.of(own.get());
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isEmpty() ? home.resolve(".cache") : Path.of(xdg);
    return base.resolve("pixelprobe");
  }
}
