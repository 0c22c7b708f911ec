package dev.pixelprobe.pipeline.storage;

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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CloudObjectsTest {
  private static final String BUCKET = "bucket";
  private static final CloudPath PATH = new CloudPath(BUCKET, "a dir/ä+%2F.html");

  @TempDir Path dir;
  private CloudStorageStandIn standIn;
  private CloudObjects objects;

  @BeforeEach
  void start() throws IOException {
    standIn = CloudStorageStandIn.withBucket(BUCKET);
    objects = Clouds.objects(standIn);
  }

  @AfterEach
  void stop() {
    standIn.close();
  }

  private Path file(int bytes) throws IOException {
    return Files.write(dir.resolve("file"), Clouds.randomBytes(bytes, bytes));
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {0, 1, 300_000, 20_000_000})
  void whatIsUploadedIsWhatIsDownloaded(int bytes) throws IOException {
    Path file = file(bytes);
    objects.upload(file, PATH);
    assertThat(standIn.get(BUCKET, PATH.name())).isEqualTo(Files.readAllBytes(file));
    CloudObject found = objects.find(PATH).orElseThrow();
    assertThat(found.size()).isEqualTo(bytes);
    assertThat(found.crc32c()).isEqualTo(Crc32c.of(file));
    AtomicInteger received = new AtomicInteger();
    objects.download(found, dir.resolve("copy"), n -> received.addAndGet((int) n));
    assertThat(dir.resolve("copy")).hasSameBinaryContentAs(file);
    assertThat(received).hasValue(bytes);
  }

  @ParameterizedTest(name = "every {0}")
  @ValueSource(ints = {3, 4})
  void anUploadGoesOnAfterRefusals(int nth) throws IOException {
    standIn.refuseEvery(nth);
    for (int i = 0; i < 6; i++) {
      Path file = file(100_000 + i);
      objects.upload(file, PATH);
      assertThat(standIn.get(BUCKET, PATH.name())).isEqualTo(Files.readAllBytes(file));
    }
  }

  @Test
  void anUploadGoesOnAfterTheConnectionWasCut() throws IOException {
    AtomicInteger left = new AtomicInteger(2);
    standIn.listen(
        request -> {
          if (request.method().equals("PUT") && left.getAndDecrement() > 0) {
            throw new IllegalStateException("cut");
          }
        });
    Path file = file(300_000);
    objects.upload(file, PATH);
    assertThat(standIn.get(BUCKET, PATH.name())).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void whatIsDamagedOnTheWayUpIsNotKept() throws IOException {
    Path file = file(300_000);
    standIn.listen(
        request -> {
          if (request.method().equals("POST")) {
            write(file, Clouds.randomBytes(300_000, 1));
          }
        });
    assertThatThrownBy(() -> objects.upload(file, PATH)).isInstanceOf(IOException.class);
    assertThat(standIn.names(BUCKET)).isEmpty();
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFolderIsListedWithoutWhatOnlyBeginsLikeIt() throws IOException {
    standIn.pageSize(1);
    for (String name : List.of("a", "a-b/1", "a/1", "a/b/", "a/b/2", "b")) {
      standIn.put(BUCKET, name, new byte[1]);
    }
    List<String> names = new ArrayList<>();
    objects.below(new CloudPath(BUCKET, "a")).forEach(object -> names.add(object.path().name()));
    assertThat(names).containsExactly("a/1", "a/b/2");
    objects.delete(
        objects.below(new CloudPath(BUCKET, "a")).stream().map(CloudObject::path).toList());
    assertThat(standIn.names(BUCKET)).containsExactly("a", "a-b/1", "a/b/", "b");
  }

  @Test
  void aBucketThatIsNotThereIsTheUsers() {
    assertThatThrownBy(() -> objects.below(new CloudPath("elsewhere", "a")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("gs://elsewhere/a: expected a bucket elsewhere");
  }

  @Test
  void aServiceThatIsDownIsAskedAFewTimesOnly() {
    standIn.refuseEvery(1);
    assertThatThrownBy(() -> objects.find(PATH))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gs://bucket/a dir")
        .hasMessageContaining("503");
    assertThat(standIn.requests().stream().map(Request::method)).hasSize(4);
    standIn.close();
    assertThatThrownBy(() -> objects.find(PATH))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be reached");
  }
}
