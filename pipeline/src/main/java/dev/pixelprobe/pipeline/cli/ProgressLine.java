package dev.pixelprobe.pipeline.cli;

import java.io.PrintStream;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a long step is: a bar on a terminal, else a plain line now and then. */
final class ProgressLine implements AutoCloseable {
  private static final int BAR_MILLIS = 250;
  private static final int LINE_MILLIS = 10_000;

  private final ScheduledExecutorService poller =
      Executors.newSingleThreadScheduledExecutor(ProgressLine::daemon);
  private final ProgressBar bar;
  private final LongSupplier done;

  /**
   * @param task what is being done
   * @param unit what is counted, in the plural
   * @param total how many there are, if known
   * @param done how many are done; called from another thread
   */
  ProgressLine(String task, String unit, OptionalLong total, LongSupplier done) {
    this.done = done;
    boolean terminal = Boolean.getBoolean("pixelprobe.terminal");
    PrintStream err = System.err;
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setUnit(" " + unit, 1)
            .setInitialMax(total.orElse(-1))
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(terminal ? BAR_MILLIS : LINE_MILLIS)
            .setMaxRenderedLength(100)
            .showSpeed()
            .setConsumer(
                terminal
                    ? new ConsoleProgressBarConsumer(err)
                    : new DelegatingProgressBarConsumer(err::println, 100))
            .build();
    var unused =
        poller.scheduleAtFixedRate(
            () -> bar.stepTo(done.getAsLong()), BAR_MILLIS, BAR_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    poller.shutdownNow();
    bar.stepTo(done.getAsLong());
    bar.close();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "progress");
    thread.setDaemon(true);
    return thread;
  }
}
