package dev.pixelprobe.pipeline.features;

import java.util.List;

/**
 * One column of one split, its rows in the natural order of their ids: the same order whichever way
 * the files were written. Read only.
 */
public final class FeatureTable {
  private final List<String> ids;
  private final int[] labels;
  private final int width;
  private final float[] values;

  FeatureTable(List<String> ids, int[] labels, int width, float[] values) {
    this.ids = ids;
    this.labels = labels;
    this.width = width;
    this.values = values;
  }

  public int rows() {
    return labels.length;
  }

  /** Values per row. */
  public int width() {
    return width;
  }

  public List<String> ids() {
    return ids;
  }

  /** Class indices, from 0: not a copy. */
  public int[] labels() {
    return labels;
  }

  /** {@code rows x width}, row-major: not a copy. */
  public float[] values() {
    return values;
  }
}
