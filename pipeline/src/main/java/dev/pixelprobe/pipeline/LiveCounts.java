package dev.pixelprobe.pipeline;

/**
 * What has been done so far, for a progress display. An embedded run counts here itself; on a
 * cluster the numbers come from its metrics.
 */
public final class LiveCounts {
  /** Images whose features are extracted. */
  public static final LiveCount IMAGES = new LiveCount("images");

  /** Probes that are fitted. */
  public static final LiveCount PROBES = new LiveCount("probes");

  /** Tokens of sampled images. */
  public static final LiveCount TOKENS = new LiveCount("tokens");

  private LiveCounts() {}
}
