package dev.pixelprobe.pipeline.data;

import java.util.Locale;

/** The part of a data set an image belongs to. */
public enum Split {
  TRAIN,
  TEST;

  /** {@code train} or {@code test}, as in ids and feature sets. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
