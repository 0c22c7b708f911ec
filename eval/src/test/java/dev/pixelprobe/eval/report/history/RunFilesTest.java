package dev.pixelprobe.eval.report.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pixelprobe.eval.report.FakeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0};

  @TempDir Path dir;
  private RunFiles files;

  @BeforeEach
  void writeRun() throws IOException {
    Path run = FakeRun.of("2026-01-01T00:00:00Z").write(dir.resolve("runs/a"));
    files = RunFiles.of(RunHistory.read(dir.resolve("runs")).runs().get(0));
    Files.write(run.resolve("in.png"), PNG);
    Files.write(dir.resolve("secret.png"), PNG);
    Files.writeString(dir.resolve("secret.txt"), "secret\n");
    Files.createSymbolicLink(run.resolve("link.png"), dir.resolve("secret.png"));
    Files.writeString(run.resolve("text.png"), "no picture at all");
    Files.writeString(run.resolve("lines.txt"), "one\ntwo\nthree\n");
    Files.write(run.resolve("binary.txt"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
  }

  @Test
  void picturesOfTheRunAreRead() throws IOException {
    assertThat(files.png("in.png", 9)).contains(PNG);
    assertThat(files.png("absent.png", 9)).isEmpty();
    assertThat(files.png("in.png", 8)).as("too large").isEmpty();
    assertThat(files.png("text.png", 99)).isEmpty();
  }

  @Test
  void nothingOutsideTheRunIsRead() throws IOException {
    assertThat(files.png("../../secret.png", 99)).isEmpty();
    assertThat(files.png(dir.resolve("secret.png").toString(), 99)).isEmpty();
    assertThat(files.png("link.png", 99)).isEmpty();
    assertThat(files.png("a\0b", 99)).isEmpty();
    assertThat(files.firstLines("../../secret.txt", 1)).isEmpty();
  }

  @Test
  void onlyTheFirstLinesOfATextAreRead() throws IOException {
    assertThat(files.firstLines("lines.txt", 2)).containsExactly("one", "two");
    assertThat(files.firstLines("binary.txt", 2)).isEmpty();
  }
}
