package dev.pixelprobe.pipeline.storage.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.NoCredentials;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageException;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the google-cloud-storage client expects of the service. */
final class CloudStorageStandInTest {
  private static final String BUCKET = "bucket";

  private CloudStorageStandIn standIn;
  private Storage client;

  @BeforeEach
  void start() throws IOException {
    standIn = CloudStorageStandIn.withBucket(BUCKET);
    client =
        StorageOptions.newBuilder()
            .setHost(standIn.host())
            .setProjectId("stand-in")
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
  }

  @AfterEach
  void stop() {
    standIn.close();
  }

  @Test
  void anObjectSentInPiecesArrivesWholeThroughRefusals() throws IOException {
    byte[] bytes = randomBytes(1_500_000);
    standIn.refuseEvery(3);
    try (WriteChannel channel =
        client.writer(BlobInfo.newBuilder(BUCKET, "a dir/ä+.bin").build())) {
      channel.setChunkSize(256 << 10);
      channel.write(ByteBuffer.wrap(bytes));
    }
    assertThat(standIn.get(BUCKET, "a dir/ä+.bin")).isEqualTo(bytes);
  }

  @Test
  void aReadGoesOnWhereTheConnectionWasCut() {
    byte[] bytes = randomBytes(300_000);
    standIn.put(BUCKET, "x", bytes);
    standIn.cutReads(2);
    assertThat(client.readAllBytes(BUCKET, "x")).isEqualTo(bytes);
    assertThat(standIn.requests()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void aDamagedReadReachesTheClient() {
    standIn.put(BUCKET, "x", randomBytes(1000));
    standIn.damageReads(1);
    byte[] damaged = client.readAllBytes(BUCKET, "x");
    assertThat(damaged).isNotEqualTo(standIn.get(BUCKET, "x"));
  }

  @Test
  void listsComeInPagesAndFoldersAreCutOff() {
    standIn.pageSize(2);
    for (String name : List.of("a/1", "a/2", "a/3", "b", "c/1", "c/2/3", "d")) {
      standIn.put(BUCKET, name, new byte[1]);
    }
    assertThat(names(Storage.BlobListOption.prefix("a/"))).containsExactly("a/1", "a/2", "a/3");
    assertThat(names(Storage.BlobListOption.currentDirectory()))
        .containsExactlyInAnyOrder("a/", "b", "c/", "d");
  }

  @Test
  void anObjectThatIsThereIsNotWrittenIfNoneWasExpected() {
    BlobInfo info = BlobInfo.newBuilder(BUCKET, "x").build();
    byte[] bytes = "first".getBytes(StandardCharsets.UTF_8);
    client.create(info, bytes, Storage.BlobTargetOption.doesNotExist());
    assertThatThrownBy(
            () -> client.create(info, new byte[0], Storage.BlobTargetOption.doesNotExist()))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(412));
    assertThat(standIn.get(BUCKET, "x")).isEqualTo(bytes);
  }

  @Test
  void objectsAreCopiedAndDeletedInOneMessage() {
    standIn.put(BUCKET, "x", new byte[] {1, 2});
    client.copy(Storage.CopyRequest.of(BlobId.of(BUCKET, "x"), BlobId.of(BUCKET, "y"))).getResult();
    assertThat(standIn.get(BUCKET, "y")).containsExactly(1, 2);
    assertThat(client.delete(List.of(BlobId.of(BUCKET, "x"), BlobId.of(BUCKET, "none"))))
        .containsExactly(true, false);
    assertThat(standIn.names(BUCKET)).containsExactly("y");
  }

  private List<String> names(Storage.BlobListOption option) {
    return StreamSupport.stream(client.list(BUCKET, option).iterateAll().spliterator(), false)
        .map(Blob::getName)
        .toList();
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new Random(1).nextBytes(bytes);
    return bytes;
  }
}
