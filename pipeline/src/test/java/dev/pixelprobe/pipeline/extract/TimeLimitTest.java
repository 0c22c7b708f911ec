package dev.pixelprobe.pipeline.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.tensorflow.exceptions.TFInvalidArgumentException;

final class TimeLimitTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(50);

  @Test
  void aBatchInTimeGivesItsResults() throws IOException {
    TimeLimit limit = new TimeLimit(LONG);

    assertThat(limit.run("batch a", List.of(1, 2), batch -> batch)).containsExactly(1, 2);
    assertThat(limit.isExceeded()).isFalse();
  }

  @Test
  void failuresComeThroughAsTheyAre() {
    TimeLimit limit = new TimeLimit(LONG);
    TFInvalidArgumentException invalid = new TFInvalidArgumentException("bad record");
    IOException disk = new IOException("disk");

    assertThatThrownBy(
            () ->
                limit.run(
                    "a",
                    List.of(1),
                    batch -> {
                      throw invalid;
                    }))
        .isSameAs(invalid);
    assertThatThrownBy(
            () ->
                limit.run(
                    "a",
                    List.of(1),
                    batch -> {
                      throw disk;
                    }))
        .isSameAs(disk);
  }

  @Test
  void aThreadThatHangsIsLeftBehindAndLaterBatchesAreTold() {
    TimeLimit limit = new TimeLimit(SHORT);
    CountDownLatch end = new CountDownLatch(1);

    assertThatThrownBy(
            () ->
                limit.run(
                    "batch a",
                    List.of(1),
                    batch -> {
                      await(end);
                      return batch;
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("batch a", "--batch-timeout");
    assertThat(limit.isExceeded()).isTrue();
    assertThatThrownBy(() -> limit.run("batch b", List.of(2), batch -> batch))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("batch b", "an earlier batch hangs");
    end.countDown();
  }

  @Test
  void aThreadThatIsToldToEndWaitsForItsBatch() throws IOException {
    TimeLimit limit = new TimeLimit(LONG);
    Thread.currentThread().interrupt();

    assertThat(limit.run("batch a", List.of(1), batch -> batch)).containsExactly(1);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(limit.isExceeded()).isFalse();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }
}
