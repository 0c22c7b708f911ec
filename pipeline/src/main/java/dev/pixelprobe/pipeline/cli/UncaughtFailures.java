package dev.pixelprobe.pipeline.cli;

import java.io.PrintStream;

/**
 * What a thread dies of is printed, but for one case: the embedded Flink may still be closing when
 * the program exits, and its shutdown hook then misses classes that Flink has unloaded already.
 */
record UncaughtFailures(PrintStream err) implements Thread.UncaughtExceptionHandler {
  private static final String FLINK_HOOK = "flink-shutdown-hook";

  @Override
  public void uncaughtException(Thread thread, Throwable failure) {
    if (thread.getName().startsWith(FLINK_HOOK) && failure instanceof NoClassDefFoundError) {
      return;
    }
    err.printf("Exception in thread \"%s\" ", thread.getName());
    failure.printStackTrace(err);
  }
}
