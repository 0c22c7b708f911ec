package dev.pixelprobe.model;

import java.util.Locale;

/** The arithmetic of a frozen model. */
public enum Precision {
  /** float32 throughout. */
  F32,
  /**
   * Matrix products (convolutions among them) of operands rounded to bfloat16, the result rounded
   * to bfloat16 too; float32 everywhere else. Of an Image GPT on a GPU, or on a CPU where
   * TensorFlow's own rewrite for oneDNN takes place, also what is between the products.
   */
  BF16;

  /** {@code f32} or {@code bf16}, as in flags and results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
