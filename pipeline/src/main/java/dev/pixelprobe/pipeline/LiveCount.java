package dev.pixelprobe.pipeline;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;

/**
 * A number that grows while a pipeline runs. Workers add to it within a bundle: that counts in this
 * JVM, and as one of Beam's metrics.
 */
public final class LiveCount {
  private final String name;
  private final Counter metric;
  private final AtomicLong here = new AtomicLong();

  LiveCount(String name) {
    this.name = name;
    this.metric = Metrics.counter(LiveCount.class, name);
  }

  public void add(long number) {
    here.addAndGet(number);
    metric.inc(number);
  }

  public void increment() {
    add(1);
  }

  /** What this JVM knows so far. */
  public long sum() {
    return here.get();
  }

  public void reset() {
    here.set(0);
  }

  /** Takes over what was counted elsewhere. */
  public void set(long number) {
    here.set(number);
  }

  /** Takes over what all workers of a finished pipeline counted, if they counted this. */
  public void set(MetricResults results) {
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named(LiveCount.class, name))
            .build();
    long total = 0;
    for (MetricResult<Long> step : results.queryMetrics(filter).getCounters()) {
      total += step.getAttempted();
    }
    if (total > 0) {
      set(total);
    }
  }
}
