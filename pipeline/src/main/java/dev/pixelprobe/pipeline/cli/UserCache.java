package dev.pixelprobe.pipeline.cli;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where this user's imported models, extracted features, the network of FID and the checksums of
 * fetched files are kept: the system property {@code pixelprobe.cache}, else {@code
 * $PIXELPROBE_CACHE}, else {@code $XDG_CACHE_HOME/pixelprobe}, else {@code ~/.cache/pixelprobe}.
 */
final class UserCache {
  private UserCache() {}

  static Path directory() {
    String own = System.getProperty("pixelprobe.cache");
    Path directory =
        own == null
            ? directory(System.getenv(), Path.of(System.getProperty("user.home")))
            : Path.of(own);
    return directory.toAbsolutePath();
  }

  /** Where {@code fetch} puts the network of FID, and {@code fid} looks for it. */
  static Path inception() {
    return directory().resolve("inception");
  }

  static Path directory(Map<String, String> environment, Path home) {
    String own = environment.getOrDefault("PIXELPROBE_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isEmpty() ? home.resolve(".cache") : Path.of(xdg);
    return base.resolve("pixelprobe");
  }
}
