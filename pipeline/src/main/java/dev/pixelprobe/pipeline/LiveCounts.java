package dev.pixelprobe.pipeline;

import java.util.concurrent.atomic.LongAdder;

/**
 * What this JVM has done so far, for a progress display while an embedded run is under way. Beam's
 * own metrics are to be read when it has ended.
 */
public final class LiveCounts {
  /** Images whose features are extracted. */
  public static final LongAdder IMAGES = new LongAdder();

  /** Probes that are fitted. */
  public static final LongAdder PROBES = new LongAdder();

  /** Tokens of sampled images. */
  public static final LongAdder TOKENS = new LongAdder();

  private LiveCounts() {}
}
