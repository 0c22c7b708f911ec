package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UserCacheTest {
  private static final Path HOME = Path.of("/home/me");

  @Test
  void theEnvironmentSaysWhereTheCacheIs() {
    assertThat(
            UserCache.directory(Map.of("PIXELPROBE_CACHE", "/own", "XDG_CACHE_HOME", "/x"), HOME))
        .isEqualTo(Path.of("/own"));
    assertThat(UserCache.directory(Map.of("XDG_CACHE_HOME", "/x"), HOME))
        .isEqualTo(Path.of("/x/pixelprobe"));
    assertThat(UserCache.directory(Map.of("PIXELPROBE_CACHE", "", "XDG_CACHE_HOME", ""), HOME))
        .isEqualTo(Path.of("/home/me/.cache/pixelprobe"));
  }
}
