package dev.pixelprobe.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

final class UncaughtFailuresTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void flinkMayMissItsOwnClassesWhileTheProgramExits() throws InterruptedException {
    die("flink-shutdown-hook-1", new NoClassDefFoundError("org/apache/pekko/actor/Reason"));

    assertThat(printed.toString(UTF_8)).isEmpty();
  }

  @Test
  void everyOtherDeathIsPrinted() throws InterruptedException {
    die("flink-shutdown-hook-1", new IllegalStateException("hook"));
    die("worker", new NoClassDefFoundError("some/Class"));

    assertThat(printed.toString(UTF_8))
        .contains("Exception in thread \"flink-shutdown-hook-1\" java.lang.IllegalStateException")
        .contains("Exception in thread \"worker\" java.lang.NoClassDefFoundError: some/Class");
  }

  private void die(String thread, Throwable failure) throws InterruptedException {
    Thread dying = new Thread(() -> sneak(failure), thread);
    dying.setUncaughtExceptionHandler(new UncaughtFailures(new PrintStream(printed, true, UTF_8)));
    dying.start();
    dying.join();
  }

  private static void sneak(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }
}
