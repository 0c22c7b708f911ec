package dev.pixelprobe.pipeline.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LocalCacheTest {
  private static final Path HOME = Path.of("/home/me");

  @Test
  void theEnvironmentSaysWhereTheCacheIs() {
    assertThat(local("/own", Map.of("XDG_CACHE_HOME", "/x"))).isEqualTo(Path.of("/own"));
    assertThat(local(null, Map.of("XDG_CACHE_HOME", "/x"))).isEqualTo(Path.of("/x/pixelprobe"));
    assertThat(local(null, Map.of("XDG_CACHE_HOME", "")))
        .isEqualTo(Path.of("/home/me/.cache/pixelprobe"));
  }

  @Test
  void ofACacheInABucketTheRestIsOnThisMachine() {
    assertThat(local("gs://bucket/cache", Map.of("XDG_CACHE_HOME", "/x")))
        .isEqualTo(Path.of("/x/pixelprobe"));
  }

  private static Path local(@Nullable String own, Map<String, String> environment) {
    return LocalCache.directory(Optional.ofNullable(own), environment, HOME);
  }
}
