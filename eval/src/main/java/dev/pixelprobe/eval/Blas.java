package dev.pixelprobe.eval;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;

/** The linear algebra library that the probes compute with. */
public final class Blas {
  private Blas() {}

  /**
   * Loads it, as the first probe would.
   *
   * @throws LinkageError if it does not load on this machine
   */
  public static void load() {
    var unused = Loader.load(openblas.class);
  }
}
