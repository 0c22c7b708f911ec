package dev.pixelprobe.model;

import java.util.Locale;

/** Where a model runs. */
public enum Device {
  /** On a GPU if TensorFlow finds one that it can use, else on the CPU. */
  AUTO,
  /** On the CPU, whatever else there is. */
  CPU,
  /** On a GPU, or not at all. */
  GPU;

  /** As on the command line and in messages. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
