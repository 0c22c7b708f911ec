package dev.pixelprobe.pipeline.storage;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where this user's files are kept on this machine, by the client and by workers: the system
 * property {@code pixelprobe.cache}, else {@code $PIXELPROBE_CACHE}, else {@code
 * $XDG_CACHE_HOME/pixelprobe}, else {@code ~/.cache/pixelprobe}. If one of the first two is in
 * Cloud Storage, the last two say.
 */
public final class LocalCache {
  private LocalCache() {}

  /** An absolute path. */
  public static Path directory() {
    Path home = Path.of(System.getProperty("user.home"));
    return directory(named(), System.getenv(), home).toAbsolutePath();
  }

  /** What the property or the variable says, if anything: a path or {@code gs://bucket/name}. */
  public static Optional<String> named() {
    String property = System.getProperty("pixelprobe.cache");
    String own = property == null ? System.getenv("PIXELPROBE_CACHE") : property;
    return Optional.ofNullable(own).filter(place -> !place.isEmpty());
  }

  /** The same for another user. */
  public static Path directory(Optional<String> named, Map<String, String> environment, Path home) {
    if (named.isPresent() && !CloudPath.isOne(named.get())) {
      return Path.of(named.get());
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isEmpty() ? home.resolve(".cache") : Path.of(xdg);
    return base.resolve("pixelprobe");
  }
}
