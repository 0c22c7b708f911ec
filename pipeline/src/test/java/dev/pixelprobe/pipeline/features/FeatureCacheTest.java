package dev.pixelprobe.pipeline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FeatureCacheTest {
  @TempDir private Path directory;
  private FeatureCache cache;

  @BeforeEach
  void open() {
    cache = FeatureCache.in(directory.toString());
  }

  @Test
  void aSetIsFoundOnceItWasPublished() throws IOException {
    assertThat(cache.lookup(Sets.DIGEST)).isEmpty();

    Path set = Path.of(cache.publish(Sets.DIGEST, Sets::writeTo));

    assertThat(set).isEqualTo(directory.resolve("features").resolve(Sets.DIGEST));
    assertThat(cache.lookup(Sets.DIGEST)).contains(set.toString());
    assertThat(cache.lookup(Sets.DIGEST.replace('0', 'f'))).isEmpty();
  }

  @Test
  void aFailedExtractionLeavesNothing() throws IOException {
    assertThatThrownBy(
            () ->
                cache.publish(
                    Sets.DIGEST,
                    partial -> {
                      Files.writeString(Path.of(partial, "train-00000-of-00001.parquet"), "half");
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");

    assertThat(entries()).isEmpty();
  }

  @Test
  void anExtractionWithoutManifestIsOurBug() throws IOException {
    assertThatThrownBy(() -> cache.publish(Sets.DIGEST, partial -> {}))
        .isInstanceOf(IllegalStateException.class);

    assertThat(entries()).isEmpty();
  }

  @Test
  void ofTwoThatExtractTheSameTheFirstWins() throws Exception {
    CyclicBarrier bothAreReady = new CyclicBarrier(2);
    ExecutorService two = Executors.newFixedThreadPool(2);
    List<String> published = new ArrayList<>();
    Callable<String> publishing = () -> publishTogether(bothAreReady);
    for (Future<String> path : two.invokeAll(List.of(publishing, publishing))) {
      published.add(path.get());
    }
    two.shutdown();

    assertThat(published).hasSize(2).allMatch(published.get(0)::equals);
    assertThat(cache.lookup(Sets.DIGEST)).contains(published.get(0));
    assertThat(entries()).containsExactly(Sets.DIGEST);
  }

  @Test
  void theSetOfTheWinnerIsKept() throws IOException {
    Path set = Path.of(cache.publish(Sets.DIGEST, Sets::writeTo));
    Path mark = Files.createFile(set.resolve("mark"));

    cache.publish(Sets.DIGEST, Sets::writeTo);

    assertThat(mark).exists();
    assertThat(entries()).containsExactly(Sets.DIGEST);
  }

  @Test
  void aDamagedSetIsNotFoundAndIsReplaced() throws IOException {
    Path set = Path.of(cache.publish(Sets.DIGEST, Sets::writeTo));
    Files.delete(set.resolve("test-00000-of-00001.parquet"));
    assertThat(cache.lookup(Sets.DIGEST)).isEmpty();

    cache.publish(Sets.DIGEST, Sets::writeTo);

    assertThat(cache.lookup(Sets.DIGEST)).contains(set.toString());
    assertThat(entries()).containsExactly(Sets.DIGEST);
  }

  @Test
  void remainsOfAnotherRunGoAfterADay() throws IOException {
    Path old = remains("old", Duration.ofHours(25));
    Path recent = remains("recent", Duration.ofHours(23));

    cache.publish(Sets.DIGEST, Sets::writeTo);

    assertThat(old).doesNotExist();
    assertThat(recent).exists();
  }

  @Test
  void aSetIsLinkedNotCopied() throws IOException {
    Path set = Path.of(cache.publish(Sets.DIGEST, Sets::writeTo));
    Path out = directory.resolve("out").resolve("features");

    FeatureCache.place(set.toString(), out.toString());

    assertThat(FeatureReader.open(out.toString()).manifest().digest()).isEqualTo(Sets.DIGEST);
    assertThat(Files.isSameFile(set.resolve("features.json"), out.resolve("features.json")))
        .isTrue();
    assertThat(out.getParent()).isDirectoryNotContaining("glob:**.partial-*");
  }

  private String publishTogether(CyclicBarrier bothAreReady) throws IOException {
    return cache.publish(
        Sets.DIGEST,
        partial -> {
          Sets.writeTo(partial);
          await(bothAreReady);
        });
  }

  private static void await(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IOException("the other one did not come", e);
    }
  }

  private Path remains(String name, Duration age) throws IOException {
    Path partial = directory.resolve("features").resolve(Sets.DIGEST + ".partial-" + name);
    Files.createDirectories(partial);
    Path file = Files.createFile(partial.resolve("train-00000-of-00001.parquet"));
    FileTime time = FileTime.from(Instant.now().minus(age));
    Files.setLastModifiedTime(file, time);
    Files.setLastModifiedTime(partial, time);
    return partial;
  }

  private List<String> entries() throws IOException {
    try (Stream<Path> paths = Files.list(directory.resolve("features"))) {
      return paths.map(path -> path.getFileName().toString()).toList();
    }
  }
}
