package dev.pixelprobe.pipeline.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pixelprobe.model.SessionOptions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

final class TimeLimitTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(50);

  @Test
  void aBatchInTimeGivesItsResults() throws IOException {
    TimeLimit limit = new TimeLimit(LONG, LONG);

    assertThat(limit.run("batch a", List.of(1, 2), batch -> batch)).containsExactly(1, 2);
    assertThat(limit.isStuck()).isFalse();
  }

  @Test
  void failuresComeThroughAsTheyAre() {
    TimeLimit limit = new TimeLimit(LONG, LONG);
    TFInvalidArgumentException invalid = new TFInvalidArgumentException("bad record");
    IOException disk = new IOException("disk");

    assertThatThrownBy(() -> limit.run("a", List.of(1), batch -> { throw invalid; }))
        .isSameAs(invalid);
    assertThatThrownBy(() -> limit.run("a", List.of(1), batch -> { throw disk; })).isSameAs(disk);
  }

  @Test
  void tensorFlowEndsAForwardPassThatTakesTooLong() {
    SessionOptions options = SessionOptions.ofThreads(1).withRunLimit(Duration.ofMillis(500));
    TimeLimit limit = new TimeLimit(options.runLimit(), LONG);
    try (Graph graph = new Graph();
        Session session = new Session(graph, options.config())) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> x = tf.ones(tf.constant(Shape.of(1500, 1500).asArray()), TFloat32.class);
      for (int i = 0; i < 2_000; i++) { // some minutes in all, some milliseconds each
        x = tf.linalg.matMul(tf.math.tanh(x), x);
      }
      Operand<TFloat32> product = x;
      long begin = System.nanoTime();

      assertThatThrownBy(
              () ->
                  limit.run(
                      "batch d/test/a#0 to #31",
                      List.of(1),
                      batch -> {
                        options.runner(session).fetch(product).run().close();
                        return batch;
                      }))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("batch d/test/a#0 to #31: expected results within 0 s, got none");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(60));
    }
    assertThat(limit.isStuck()).isFalse();
  }

  @Test
  void aThreadThatHangsIsLeftBehindAndLaterBatchesAreTold() {
    TimeLimit limit = new TimeLimit(SHORT, SHORT);
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
    assertThat(limit.isStuck()).isTrue();
    assertThatThrownBy(() -> limit.run("batch b", List.of(2), batch -> batch))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("batch b", "an earlier batch hangs");
    end.countDown();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }
}
