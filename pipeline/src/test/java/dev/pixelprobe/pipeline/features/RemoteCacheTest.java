package dev.pixelprobe.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.pipeline.data.Split;
import dev.pixelprobe.pipeline.files.Bucket;
import dev.pixelprobe.pipeline.files.Folder;
import dev.pixelprobe.pipeline.storage.standin.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of feature sets in a bucket. */
final class RemoteCacheTest {
  private static final String ENTRY = "cache/features/" + Sets.DIGEST + "/";

  @TempDir private Path dir;
  private Bucket bucket;
  private FeatureCache cache;

  @BeforeEach
  void open() throws IOException {
    bucket = Bucket.open();
    cache = FeatureCache.in(bucket.location("cache"));
  }

  @AfterEach
  void close() {
    bucket.close();
  }

  @Test
  void aSetIsFoundOnceItWasPublishedAndReadFromThere() throws IOException {
    assertThat(cache.lookup(Sets.DIGEST)).isEmpty();

    String set = cache.publish(Sets.DIGEST, Sets::writeTo);

    assertThat(cache.lookup(Sets.DIGEST)).contains(set);
    assertThat(set).startsWith(bucket.location(ENTRY));
    assertThat(FeatureReader.open(set).features(Split.TEST, List.of("h_2")).rows()).isEqualTo(4);
    assertThat(cache.lookup(Sets.DIGEST.replace('0', 'f'))).isEmpty();
  }

  @Test
  void aFailedExtractionLeavesNothing() {
    assertThatThrownBy(
            () ->
                cache.publish(
                    Sets.DIGEST,
                    own -> {
                      Folder.at(own).write("train-00000-of-00001.parquet", new byte[100]);
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");

    assertThat(bucket.names("")).isEmpty();
  }

  @Test
  void ofTwoThatExtractTheSameTheFirstWinsAndTheOthersFilesGo() throws Exception {
    CyclicBarrier bothAreReady = new CyclicBarrier(2);
    Callable<String> publishing =
        () ->
            cache.publish(
                Sets.DIGEST,
                own -> {
                  Sets.writeTo(own);
                  await(bothAreReady);
                });
    ExecutorService two = Executors.newFixedThreadPool(2);
    List<String> published = new ArrayList<>();
    for (Future<String> set : two.invokeAll(List.of(publishing, publishing))) {
      published.add(set.get());
    }
    two.shutdown();

    assertThat(published).hasSize(2).allMatch(published.get(0)::equals);
    assertThat(cache.lookup(Sets.DIGEST)).contains(published.get(0));
    assertThat(folders()).hasSize(1);
  }

  @Test
  void aDamagedSetIsNotFoundAndIsReplaced() throws IOException {
    String damaged = cache.publish(Sets.DIGEST, Sets::writeTo);
    Folder.at(damaged).delete(List.of("test-00000-of-00001.parquet"));
    assertThat(cache.lookup(Sets.DIGEST)).isEmpty();

    String set = cache.publish(Sets.DIGEST, Sets::writeTo);

    assertThat(set).isNotEqualTo(damaged);
    assertThat(cache.lookup(Sets.DIGEST)).contains(set);
    assertThat(folders()).hasSize(1);
  }

  @Test
  void whatEndedProcessesLeftGoesAfterAWeekAndEntriesStay() throws IOException {
    String set = cache.publish(Sets.DIGEST, Sets::writeTo);
    String left = ENTRY + "01234567-89ab-cdef-0123-456789abcdef/train-00000-of-00001.parquet";
    bucket.put(left, new byte[10]);

    publishAnother(Duration.ofDays(6));
    assertThat(bucket.names(left)).isNotEmpty();
    publishAnother(Duration.ofDays(8));

    assertThat(bucket.names(left)).isEmpty();
    assertThat(cache.lookup(Sets.DIGEST)).contains(set);
  }

  @Test
  void aRefusedRequestNowAndThenIsAskedAgain() throws IOException {
    bucket.service().refuseEvery(7);

    String set = cache.publish(Sets.DIGEST, Sets::writeTo);

    assertThat(cache.lookup(Sets.DIGEST)).contains(set);
    assertThat(folders()).hasSize(1);
  }

  @Test
  void withinTheServiceASetIsPlacedWithoutPassingThroughHere() throws IOException {
    String set = cache.publish(Sets.DIGEST, Sets::writeTo);
    int before = bucket.service().requests().size();

    FeatureCache.place(set, bucket.location("out/features"));

    assertThat(bucket.service().requests().subList(before, bucket.service().requests().size()))
        .noneMatch(Request::isMediaRead)
        .noneMatch(Request::isUpload);
    FeatureReader placed = FeatureReader.open(bucket.location("out/features"));
    assertThat(placed.manifest().digest()).isEqualTo(Sets.DIGEST);
  }

  @Test
  void aSetIsPlacedFromHereToThereAndBack() throws IOException {
    String set = cache.publish(Sets.DIGEST, Sets::writeTo);
    String local = dir.resolve("out/features").toString();

    FeatureCache.place(set, local);
    FeatureCache.place(local, bucket.location("back"));

    assertThat(bucket.get("back/features.json"))
        .isEqualTo(Folder.at(set).read(FeatureManifestFile.NAME));
    assertThat(FeatureReader.open(bucket.location("back")).labels(Split.TRAIN).rows())
        .isEqualTo(12);
  }

  private void publishAnother(Duration later) throws IOException {
    Folder entries = Folder.at(bucket.location("cache/features"));
    InstantSource clock = () -> Instant.now().plus(later);
    new RemoteDigestCache(entries, (own, digest) -> true, clock)
        .publish(
            "%064x".formatted(later.toDays()),
            own -> Folder.at(own).write("x", "x".getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> folders() {
    return bucket.names(ENTRY).stream()
        .map(name -> name.substring(ENTRY.length()))
        .filter(name -> name.contains("/"))
        .map(name -> name.substring(0, name.indexOf('/')))
        .distinct()
        .toList();
  }

  private static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IOException("the other one did not come", e);
    }
  }
}
