package dev.pixelprobe.pipeline.cli;

import java.nio.file.Path;

/**
 * Where this user's imported models and extracted features are kept: the system property {@code
 * pixelprobe.cache}, else {@code $PIXELPROBE_CACHE}, else {@code $XDG_CACHE_HOME/pixelprobe}, else
 * {@code ~/.cache/pixelprobe}.
 */
final class UserCache {
  private UserCache() {}

  static Path directory() {
    String own = System.getProperty("pixelprobe.cache", variable("PIXELPROBE_CACHE"));
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String xdg = variable("XDG_CACHE_HOME");
    Path base = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
    return base.resolve("pixelprobe");
  }

  private static String variable(String name) {
    String value = System.getenv(name);
    return value == null ? "" : value;
  }
}
