package dev.pixelprobe.pipeline.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class TarGzTest {
  private static final byte[] CONTENT = "content".getBytes(UTF_8);
  private static final Archive LIMITS = new Archive("", 3_000_000, 10);

  @TempDir Path dir;
  private Path target;

  /** An archive to be built when the test runs. */
  private interface Recipe {
    byte[] build() throws IOException;
  }

  @BeforeEach
  void makeTarget() throws IOException {
    target = Files.createDirectories(dir.resolve("around/target"));
  }

  @Test
  void filesAndFoldersComeOut() throws IOException {
    unpack(new Tars().folder("a").file("a/b.bin", CONTENT).file("c/d/e", new byte[0]).gz());

    assertThat(target.resolve("a/b.bin")).hasBinaryContent(CONTENT);
    assertThat(target.resolve("c/d/e")).isEmptyFile();
  }

  @Test
  void whatIsAlmostTooMuchIsNotTooMuch() throws IOException {
    Tars tars = new Tars().file("0", new byte[3_000_000]);
    for (int i = 1; i < 10; i++) {
      tars.file(Integer.toString(i), new byte[0]);
    }

    unpack(tars.gz());

    assertThat(target.resolve("0")).hasSize(3_000_000);
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        hostile("a path upwards", "../evil", () -> file("../evil")),
        hostile("a path up and down again", "a/../b", () -> file("a/../b")),
        hostile("a path up in the middle", "../../evil", () -> file("a/b/../../../../evil")),
        hostile("an absolute path", "/tmp/pixelprobe-evil", () -> file("/tmp/pixelprobe-evil")),
        hostile("a folder upwards", "../evil", () -> new Tars().folder("../evil").gz()),
        hostile("the folder itself as a file", "paths", () -> file(".")),
        hostile("a line break in a name", "a?b", () -> file("a\nb")),
        hostile("an endless name", "short paths", () -> file("a".repeat(300))),
        hostile("a symbolic link", "symbolic link out", () -> link(TarConstants.LF_SYMLINK)),
        hostile("a hard link", "hard link out", () -> link(TarConstants.LF_LINK)),
        hostile("a character device", "special file out", () -> link(TarConstants.LF_CHR)),
        hostile("a block device", "special file out", () -> link(TarConstants.LF_BLK)),
        hostile("a pipe", "special file out", () -> link(TarConstants.LF_FIFO)),
        hostile("a file twice", "again", () -> twice("a", "a")),
        hostile("a file as a folder", "again", () -> twice("a", "a/b")),
        hostile("too many bytes", "3,000,000 bytes", () -> zeros(3_000_001)),
        hostile("too many entries", "10 entries", TarGzTest::manyFiles),
        hostile("a header without end", "longer than it says", TarGzTest::endlessName),
        hostile("a size that lies", "damaged", () -> cutShort(2_000_000)),
        hostile("a size beyond reason", "3,000,000 bytes", () -> cutShort(Long.MAX_VALUE)),
        hostile("what follows the end", "longer than it says", TarGzTest::longTail),
        hostile("a cut gzip", "damaged", () -> cut(zeros(2_000_000))),
        hostile("no gzip", "damaged", () -> "<html>".getBytes(UTF_8)),
        hostile("nothing", "damaged", () -> new byte[0]));
  }

  private static Arguments hostile(String what, String says, Recipe recipe) {
    return Arguments.of(what, says, recipe);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void isRefusedAndNothingLandsOutside(String what, String says, Recipe recipe) throws IOException {
    byte[] archive = recipe.build();

    assertThatThrownBy(() -> unpack(archive))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("some.tar.gz: expected ", says);

    try (Stream<Path> outside = Files.walk(dir)) {
      assertThat(outside.filter(path -> !path.startsWith(target)))
          .containsExactlyInAnyOrder(dir, dir.resolve("around"), dir.resolve("some.tar.gz"));
    }
    assertThat(Path.of("/tmp/pixelprobe-evil")).doesNotExist();
  }

  @Test
  void aFileThroughALinkIsNeverWritten() throws IOException {
    byte[] archive =
        new Tars()
            .special("out", TarConstants.LF_SYMLINK, dir.toString())
            .file("out/evil", CONTENT)
            .gz();

    assertThatThrownBy(() -> unpack(archive)).isInstanceOf(InvalidInputException.class);

    assertThat(dir.resolve("evil")).doesNotExist();
  }

  private void unpack(byte[] archive) throws IOException {
    TarGz.unpack(Files.write(dir.resolve("some.tar.gz"), archive), LIMITS, target);
  }

  private static byte[] file(String name) throws IOException {
    return new Tars().file(name, CONTENT).gz();
  }

  private static byte[] link(byte type) throws IOException {
    return new Tars().special("out", type, "inside").gz();
  }

  private static byte[] twice(String first, String second) throws IOException {
    return new Tars().file(first, CONTENT).file(second, CONTENT).gz();
  }

  private static byte[] zeros(int bytes) throws IOException {
    return new Tars().file("zeros", new byte[bytes]).gz();
  }

  private static byte[] manyFiles() throws IOException {
    Tars tars = new Tars();
    for (int i = 0; i < 11; i++) {
      tars.file(Integer.toString(i), CONTENT);
    }
    return tars.gz();
  }

  private static byte[] endlessName() throws IOException {
    return new Tars().longName(new byte[2_000_000]).file("a", CONTENT).gz();
  }

  private static byte[] cutShort(long claimed) throws IOException {
    return new Tars().withEntryCutShort("a", claimed, CONTENT);
  }

  private static byte[] cut(byte[] archive) {
    return Arrays.copyOf(archive, archive.length - 9);
  }

  /** Two gzips one after the other are one: the second is read to its end. */
  private static byte[] longTail() throws IOException {
    byte[] archive = file("a");
    byte[] tail = zeros(2_000_000);
    byte[] both = Arrays.copyOf(archive, archive.length + tail.length);
    System.arraycopy(tail, 0, both, archive.length, tail.length);
    return both;
  }
}
