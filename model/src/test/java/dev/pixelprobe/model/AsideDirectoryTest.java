package dev.pixelprobe.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsideDirectoryTest {
  @TempDir Path dir;

  @Test
  void theTargetAppearsOnlyWhenPublished() throws IOException {
    Path target = dir.resolve("new/parent/target");
    try (AsideDirectory aside = AsideDirectory.of(target)) {
      Files.writeString(aside.path().resolve("file"), "text");
      assertThat(target).doesNotExist();
      aside.publish();
    }
    assertThat(target.resolve("file")).hasContent("text");
    assertThat(target.getParent()).isDirectoryNotContaining(path -> !path.equals(target));
  }

  @Test
  void withoutPublishingNothingIsLeft() throws IOException {
    try (AsideDirectory aside = AsideDirectory.of(dir.resolve("target"))) {
      Files.createDirectories(aside.path().resolve("deep/er"));
    }
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void aPartMayBePublishedAlone() throws IOException {
    Path target = Files.createDirectory(dir.resolve("target"));
    try (AsideDirectory aside = AsideDirectory.of(target)) {
      Files.createDirectories(aside.path().resolve("part/inner"));
      Files.createDirectories(aside.path().resolve("rest"));
      aside.publish(aside.path().resolve("part"));
    }
    assertThat(target.resolve("inner")).isDirectory();
    assertThat(dir).isDirectoryNotContaining(path -> !path.equals(target));
  }

  @Test
  void aTargetThatFilledUpMeanwhileIsKept() throws IOException {
    Path target = dir.resolve("target");
    try (AsideDirectory aside = AsideDirectory.of(target)) {
      Files.createDirectories(target.resolve("other"));
      assertThatThrownBy(aside::publish).isInstanceOf(DirectoryNotEmptyException.class);
    }
    assertThat(target.resolve("other")).isDirectory();
  }
}
