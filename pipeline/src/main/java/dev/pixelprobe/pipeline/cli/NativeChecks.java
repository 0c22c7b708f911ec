package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.eval.Blas;
import org.tensorflow.TensorFlow;

/** The native libraries: whether they load here. */
final class NativeChecks {
  private static final String ADVICE =
      "pixelprobe's natives are for Linux on x86-64 with glibc; run it there";

  private NativeChecks() {}

  static Finding tensorFlow() {
    try {
      return Finding.ok("tensorflow", TensorFlow.version());
    } catch (LinkageError e) {
      return Finding.fail("tensorflow", "does not load: " + e.getMessage(), ADVICE);
    }
  }

  static Finding openBlas() {
    try {
      Blas.load();
      return Finding.ok("openblas", "loads");
    } catch (LinkageError e) {
      return Finding.fail("openblas", "does not load: " + e.getMessage(), ADVICE);
    }
  }
}
