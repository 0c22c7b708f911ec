package dev.pixelprobe.model;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a model was trained to do (Chen et al. 2020, section 2.1), and so what enters it. */
public enum Objective {
  /** Predict each token from those before it: a start token in front, and a causal mask. */
  AUTOREGRESSIVE,
  /** Predict hidden tokens from all others: no start token, no shift, no mask on attention. */
  BERT;

  /** {@code autoregressive} or {@code bert}. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
