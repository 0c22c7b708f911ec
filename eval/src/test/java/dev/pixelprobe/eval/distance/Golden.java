package dev.pixelprobe.eval.distance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.pixelprobe.eval.Npy;
import java.io.IOException;
import java.io.InputStream;

/**
 * Features, and what torch-fidelity 5e211a9 (fid, kid, inception_score, precision_recall) and
 * dgm-eval 74c79f7 (prdc) with numpy 1.24.2 and scipy 1.10.1 make of them.
 */
final class Golden {
  private static final String FOLDER = "/golden/metrics/";

  private Golden() {}

  static FeaturePair pair() {
    return new FeaturePair(features("real.npy"), features("fake.npy"));
  }

  static Features features(String file) {
    return Features.of(file, Npy.floats(FOLDER + file));
  }

  /** The number at a path such as {@code /prdc_k5/density}. */
  static double expected(String path) throws IOException {
    try (InputStream in = Golden.class.getResourceAsStream(FOLDER + "expected.json")) {
      JsonNode value = new JsonMapper().readTree(in).at(path);
      if (!value.isNumber()) {
        throw new IllegalStateException("expected a number at " + path + ", got " + value);
      }
      return value.asDouble();
    }
  }
}
