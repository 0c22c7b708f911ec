package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.ModelInfo;
import java.util.Arrays;

/** A model in a few lines. */
final class ModelSummary {
  private ModelSummary() {}

  static String of(ModelInfo info) {
    Architecture architecture = info.architecture();
    return """
        name        %s
        input       %d x %d pixels, %d colours, resized with PIL's %s
        blocks      %d (layers 0 to %d), width %d, %d heads, MLP %d
        parameters  %,d
        palette     %s
        digest      %s
        """
        .formatted(
            info.name(),
            architecture.nPx(),
            architecture.nPx(),
            architecture.colours(),
            info.resample(),
            architecture.nLayer(),
            architecture.nLayer(),
            architecture.nEmbd(),
            architecture.nHead(),
            architecture.nInner(),
            parameters(architecture),
            info.paletteDigest() == null ? "none: reads tokens only" : info.paletteDigest(),
            info.digest());
  }

  private static long parameters(Architecture architecture) {
    return architecture.tensorShapes().values().stream()
        .mapToLong(shape -> Arrays.stream(shape).reduce(1, Math::multiplyExact))
        .sum();
  }
}
