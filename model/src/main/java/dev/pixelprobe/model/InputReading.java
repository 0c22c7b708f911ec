package dev.pixelprobe.model;

import java.util.Locale;

/** How pixels enter the model. */
public enum InputReading {
  /**
   * OpenAI's own: a start token enters first, pixel i at position i + 1, and the last pixel never.
   */
  SOS,
  /** HuggingFace's: pixel i enters at position i, without a start token. */
  HF;

  /** {@code sos} or {@code hf}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
