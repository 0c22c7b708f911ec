package dev.pixelprobe.pipeline.job;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job on a cluster while it is under way: its progress goes to the live counts, and it is
 * cancelled if this JVM is told to end.
 */
final class ClusterJob implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterJob.class);
  private static final int POLL_SECONDS = 1;

  /** A job may have been sent, but not yet be listed, when the program is told to end. */
  private static final int TRIES_TO_CANCEL = 10;

  private final FlinkCluster cluster;
  private final String name;
  private final List<Watch> watches;
  private final Map<Watch, String> metrics = new HashMap<>();
  private final Thread canceller = new Thread(this::cancel, "cancel-job");
  private final ScheduledExecutorService poller =
      Executors.newSingleThreadScheduledExecutor(ClusterJob::daemon);

  private ClusterJob(FlinkCluster cluster, String name, List<Watch> watches) {
    this.cluster = cluster;
    this.name = name;
    this.watches = watches;
  }

  /** Watches over the job of this name, which need not be there yet. */
  static ClusterJob watch(FlinkCluster cluster, String name, List<Watch> watches) {
    ClusterJob job = new ClusterJob(cluster, name, watches);
    Runtime.getRuntime().addShutdownHook(job.canceller);
    var unused =
        job.poller.scheduleWithFixedDelay(job::poll, POLL_SECONDS, POLL_SECONDS, TimeUnit.SECONDS);
    return job;
  }

  private void poll() {
    try {
      Optional<String> job = cluster.unfinished(name);
      if (job.isPresent()) {
        for (Watch watch : watches) {
          count(watch, job.get());
        }
      }
    } catch (IOException | RuntimeException e) {
      LOG.debug("no progress of {} from {}", name, cluster, e);
    }
  }

  private void count(Watch watch, String job) throws IOException {
    if (!metrics.containsKey(watch)) {
      cluster.find(watch, job).ifPresent(metric -> metrics.put(watch, metric));
    }
    String metric = metrics.get(watch);
    if (metric != null) {
      watch.count().set(cluster.sum(metric) * watch.each());
    }
  }

  /** Ends the job on the cluster if it is still under way there. */
  void cancel() {
    try {
      for (int i = 0; i < TRIES_TO_CANCEL; i++) {
        Optional<String> job = cluster.unfinished(name);
        if (job.isPresent()) {
          cluster.cancel(job.get());
          return;
        }
        TimeUnit.MILLISECONDS.sleep(500);
      }
    } catch (IOException e) {
      LOG.warn("{} could not be cancelled on {}", name, cluster, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    poller.shutdownNow();
    try {
      Runtime.getRuntime().removeShutdownHook(canceller);
    } catch (IllegalStateException e) {
      LOG.debug("the program is ending already", e);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "cluster-progress");
    thread.setDaemon(true);
    return thread;
  }
}
