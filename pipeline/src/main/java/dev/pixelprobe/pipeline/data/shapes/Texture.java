package dev.pixelprobe.pipeline.data.shapes;

/** A pattern in the plane, with period 1: how much of a second colour shows at a point. */
enum Texture {
  PLAIN {
    @Override
    double at(double u, double v) {
      return 0;
    }
  },
  STRIPES {
    @Override
    double at(double u, double v) {
      return fraction(u) < 0.5 ? 0 : 1;
    }
  },
  CHECKS {
    @Override
    double at(double u, double v) {
      return (fraction(u) < 0.5) == (fraction(v) < 0.5) ? 0 : 1;
    }
  },
  DOTS {
    @Override
    double at(double u, double v) {
      double x = fraction(u) - 0.5;
      double y = fraction(v) - 0.5;
      return x * x + y * y < 0.1 ? 1 : 0;
    }
  };

  /** In 0..1. */
  abstract double at(double u, double v);

  private static double fraction(double value) {
    return value - Math.floor(value);
  }
}
