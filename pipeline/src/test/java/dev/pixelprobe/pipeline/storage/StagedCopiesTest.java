package dev.pixelprobe.pipeline.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.storage.standin.CloudStorageStandIn;
import dev.pixelprobe.pipeline.storage.standin.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StagedCopiesTest {
  private static final String BUCKET = "bucket";
  private static final CloudPath MODEL = new CloudPath(BUCKET, "models/tiny");
  private static final byte[] GRAPH = Clouds.randomBytes(300_000, 1);
  private static final byte[] WEIGHTS = Clouds.randomBytes(700_000, 2);

  @TempDir Path dir;
  private CloudStorageStandIn standIn;
  private CloudObjects objects;

  @BeforeEach
  void start() throws IOException {
    standIn = CloudStorageStandIn.withBucket(BUCKET);
    standIn.put(BUCKET, "models/tiny/saved_model.pb", GRAPH);
    standIn.put(BUCKET, "models/tiny/variables/", new byte[0]);
    standIn.put(BUCKET, "models/tiny/variables/data", WEIGHTS);
    standIn.put(BUCKET, "models/tiny/empty", new byte[0]);
    standIn.put(BUCKET, "models/tiny-2/saved_model.pb", GRAPH);
    objects = Clouds.objects(standIn);
  }

  @AfterEach
  void stop() {
    standIn.close();
  }

  private Path stage(CloudPath folder) throws IOException {
    return new StagedCopies(dir, objects).of(folder, objects.below(folder));
  }

  private long reads() {
    return standIn.requests().stream().filter(Request::isMediaRead).count();
  }

  private void assertWhole(Path copy) throws IOException {
    assertThat(copy.getFileName()).hasToString("tiny");
    assertThat(copy.resolve("saved_model.pb")).hasBinaryContent(GRAPH);
    assertThat(copy.resolve("variables/data")).hasBinaryContent(WEIGHTS);
    assertThat(copy.resolve("empty")).isEmptyFile();
    try (Stream<Path> files = Files.walk(copy)) {
      assertThat(files.filter(Files::isRegularFile)).hasSize(3);
    }
  }

  @Test
  void aFolderIsCopiedOnceWhateverThePagesOfItsListing() throws IOException {
    standIn.pageSize(2);
    Path copy = stage(MODEL);
    assertWhole(copy);
    long reads = reads();
    assertThat(stage(MODEL)).isEqualTo(copy);
    assertThat(reads()).isEqualTo(reads);
  }

  @Test
  void refusalsAndCutConnectionsAreSurvived() throws IOException {
    standIn.refuseEvery(3);
    standIn.cutReads(3);
    assertWhole(stage(MODEL));
  }

  @Test
  void whatCameThroughDamagedIsAskedForAgain() throws IOException {
    standIn.damageReads(2);
    assertWhole(stage(MODEL));
  }

  @Test
  void aCopyThatStaysDamagedIsNone() throws IOException {
    standIn.damageReads(100);
    assertThatThrownBy(() -> stage(MODEL))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gs://bucket/models/tiny/")
        .hasMessageContaining("CRC32C");
    standIn.damageReads(0);
    assertWhole(stage(MODEL));
  }

  @Test
  void anotherVersionIsAnotherCopyAndOnlyWhatChangedIsRead() throws IOException {
    Path first = stage(MODEL);
    long reads = reads();
    standIn.put(BUCKET, "models/tiny/saved_model.pb", "changed".getBytes(UTF_8));
    Path second = stage(MODEL);
    assertThat(second.resolve("saved_model.pb")).hasContent("changed");
    assertThat(second.resolve("variables/data")).hasBinaryContent(WEIGHTS);
    assertThat(reads()).isEqualTo(reads + 1);
    assertWhole(first);
  }

  @Test
  void whatAnInterruptedStagingLeftIsNotTakenForWhole() throws IOException {
    Path copy = stage(MODEL);
    Path tree = copy.getParent();
    Path partial = Path.of(tree + ".partial");
    Files.move(tree, partial);
    Files.delete(partial.resolve("tiny/variables/data"));
    Files.writeString(partial.resolve("tiny/variables/half"), "half");
    long reads = reads();
    assertWhole(stage(MODEL));
    assertThat(partial).doesNotExist();
    assertThat(reads()).as("verified files are kept").isEqualTo(reads);
  }

  @Test
  void manyThreadsAtOnceReadItOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Path>> copies = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        copies.add(threads.submit(() -> stage(MODEL)));
      }
      for (Future<Path> copy : copies) {
        assertWhole(copy.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(reads()).isEqualTo(3);
  }

  @Test
  void anObjectWhoseNameLeadsOutOfTheFolderIsRefused() {
    standIn.put(BUCKET, "models/tiny/../../../x", GRAPH);
    assertThatThrownBy(() -> stage(MODEL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("gs://bucket/models/tiny/../../../x");
  }
}
