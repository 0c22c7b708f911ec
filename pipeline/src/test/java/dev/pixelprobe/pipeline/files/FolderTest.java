package dev.pixelprobe.pipeline.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder is the same on a disk and in a bucket. */
final class FolderTest {
  @TempDir private Path dir;

  @Test
  void whatIsWrittenIsListedReadAndDeleted() throws IOException {
    try (Bucket bucket = Bucket.open()) {
      for (String location : List.of(dir.resolve("a[1]").toString(), bucket.location("a"))) {
        Folder folder = Folder.at(location + "/");
        assertThat(folder.list()).isEmpty();

        folder.write("b", "one\ntwo\n".getBytes(UTF_8));
        folder.child("deep").writeWhole("c", new byte[3]);

        assertThat(folder.list()).extracting(FolderFile::name).containsExactly("b", "deep/c");
        assertThat(folder.list()).extracting(FolderFile::bytes).containsExactly(8L, 3L);
        assertThat(folder.lines("b")).containsExactly("one", "two");
        assertThat(folder.has("b")).isTrue();
        assertThat(folder.has("c")).isFalse();
        folder.delete();
        assertThat(folder.list()).isEmpty();
      }
    }
  }

  @Test
  void aFileThatIsThereIsNotCreatedAgain() throws IOException {
    try (Bucket bucket = Bucket.open()) {
      Folder folder = Folder.at(bucket.location("a"));
      folder.create("x", new byte[] {1});

      assertThatThrownBy(() -> folder.create("x", new byte[] {2})).isInstanceOf(IOException.class);

      assertThat(folder.read("x")).containsExactly(1);
    }
  }

  @Test
  void aCopyThatFailsLeavesNothing() throws IOException {
    Files.writeString(dir.resolve("a"), "a");
    try (Bucket bucket = Bucket.open()) {
      Folder to = Folder.at(bucket.location("to"));

      assertThatThrownBy(
              () -> FolderCopy.copy(Folder.at(dir.toString()), to, List.of("a", "b"), "b"))
          .isInstanceOf(IOException.class);

      assertThat(to.list()).isEmpty();
    }
  }

  @Test
  void whatWorkersWroteElsewhereIsNamedWithWhatToDo() {
    assertThatThrownBy(() -> Folder.at(dir.toString()).requireWritten("x.txt"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%s: expected x.txt from the workers, got none; name a gs:// location, or a path that this machine and every TaskManager share",
            dir);
  }

  @Test
  void aNameInABucketThatWouldBeAPatternIsRefused() {
    assertThatThrownBy(() -> Folder.at("gs://bucket/run[1]"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("gs://bucket/run[1]");
  }

  @Test
  void aWorkFolderGoesWhenItIsClosed() throws IOException {
    try (Bucket bucket = Bucket.open()) {
      for (String place : List.of(dir.resolve("out").toString(), bucket.location("out"))) {
        Folder folder;
        try (WorkFolder work = WorkFolder.beside(place)) {
          folder = Folder.at(work.location());
          folder.write("x", new byte[1]);
          assertThat(folder.has("x")).isTrue();
        }
        assertThat(folder.list()).isEmpty();
      }
    }
  }
}
