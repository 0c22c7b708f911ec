package dev.pixelprobe.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.pipeline.storage.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunPlaceTest {
  private static final Instant SECOND = Instant.parse("2026-01-31T12:00:00.5Z");
  private static final String DIGEST = "0a1b2c3d4e5f";

  @TempDir private Path dir;

  @Test
  void aRunIsNamedByTimeSuiteAndDigest() throws IOException {
    try (RunPlace place = claim()) {
      assertThat(place.target().path())
          .isEqualTo(runs().resolve("20260131T120000Z-weekly-0a1b2c3d"));
    }
  }

  @Test
  void runsOfTheSameSecondDoNotMeet() throws IOException {
    try (RunPlace first = claim();
        RunPlace second = claim()) {
      assertThat(second.target().path()).hasFileName("20260131T120000Z-weekly-0a1b2c3d-2");
      Files.createDirectory(first.target().path());
    }
    try (RunPlace third = claim()) {
      assertThat(third.target().path()).hasFileName("20260131T120000Z-weekly-0a1b2c3d-2");
    }
  }

  @Test
  void nothingIsLeftOfAPlaceThatWasNotUsed() throws IOException {
    claim().close();

    try (Stream<Path> left = Files.list(runs())) {
      assertThat(left).isEmpty();
    }
  }

  private Path runs() {
    return dir.resolve("runs");
  }

  private RunPlace claim() throws IOException {
    return RunPlace.claim(Target.of(runs().toString()), SECOND, "weekly", DIGEST);
  }
}
