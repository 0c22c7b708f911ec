package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.storage.CloudPath;
import dev.pixelprobe.pipeline.storage.LocalCache;
import java.nio.file.Path;

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
    return LocalCache.directory();
  }

  /** What a cluster's workers share too: an absolute local path, or a {@code gs://} URI. */
  static String shared() {
    return LocalCache.named().filter(CloudPath::isOne).orElseGet(() -> directory().toString());
  }

  /** Where {@code fetch} puts the network of FID, and {@code fid} looks for it. */
  static Path inception() {
    return directory().resolve("inception");
  }
}
