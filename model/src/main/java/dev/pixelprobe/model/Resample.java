package dev.pixelprobe.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A resizing filter, with the code that PIL and HuggingFace's preprocessor_config.json give it. */
public enum Resample {
  BILINEAR(2, 1.0) {
    @Override
    double weight(double x) {
      double a = Math.abs(x);
      return a < 1 ? 1 - a : 0;
    }
  },
  BICUBIC(3, 2.0) {
    @Override
    double weight(double x) {
      double a = Math.abs(x);
      if (a < 1) {
        return ((CUBIC + 2) * a - (CUBIC + 3)) * a * a + 1;
      }
      return a < 2 ? (((a - 5) * a + 8) * a - 4) * CUBIC : 0;
    }
  },
  BOX(4, 0.5) {
    @Override
    double weight(double x) {
      return x > -0.5 && x <= 0.5 ? 1 : 0;
    }
  };

  private static final double CUBIC = -0.5;

  private final int pilCode;
  private final double support;

  Resample(int pilCode, double support) {
    this.pilCode = pilCode;
    this.support = support;
  }

  /** The filter's weight at {@code x} source pixels (times the scale) from its centre. */
  abstract double weight(double x);

  /** Half the filter's width, in source pixels when nothing shrinks. */
  double support() {
    return support;
  }

  public int pilCode() {
    return pilCode;
  }

  public static Optional<Resample> ofPilCode(int code) {
    return Arrays.stream(values()).filter(r -> r.pilCode == code).findFirst();
  }

  /** The name as the command line spells it: bilinear, bicubic, box. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
