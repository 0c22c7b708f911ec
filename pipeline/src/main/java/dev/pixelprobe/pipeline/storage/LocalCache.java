package dev.pixelprobe.pipeline.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where this machine keeps copies of what lies in Cloud Storage, for the client and for workers
 * alike: the system property {@code pixelprobe.cache} or {@code $PIXELPROBE_CACHE} if they name a
 * local folder, else {@code $XDG_CACHE_HOME/pixelprobe}, else {@code ~/.cache/pixelprobe}.
 */
final class LocalCache {
  private LocalCache() {}

  static Path directory() {
    return directory(
        System.getenv(),
        System.getProperty("pixelprobe.cache", ""),
        Path.of(System.getProperty("user.home")));
  }

  static Path directory(Map<String, String> environment, String property, Path home) {
    for (String own : List.of(property, environment.getOrDefault("PIXELPROBE_CACHE", ""))) {
      if (!own.isEmpty()) {
        return CloudPath.isOne(own) ? ofUser(environment, home) : Path.of(own).toAbsolutePath();
      }
    }
    return ofUser(environment, home);
  }

  private static Path ofUser(Map<String, String> environment, Path home) {
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isEmpty() ? home.resolve(".cache") : Path.of(xdg);
    return base.resolve("pixelprobe").toAbsolutePath();
  }
}
