package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.ModelInfo;

/** A model in a few lines. */
final class ModelSummary {
  private ModelSummary() {}

  static String of(ModelInfo info) {
    Architecture architecture = info.architecture();
    return """
        name        %s
        input       %d x %d pixels, %d colours, resized with PIL's %s
        objective   %s
        blocks      %d (layers 0 to %d), width %d, %d heads, MLP %d
        parameters  %,d without biases
        palette     %s
        digest      %s
        """
        .formatted(
            info.name(),
            architecture.nPx(),
            architecture.nPx(),
            architecture.colours(),
            info.resample(),
            architecture.causal()
                ? "autoregressive: each token from those before it"
                : "bert: hidden tokens from all others",
            architecture.nLayer(),
            architecture.nLayer(),
            architecture.nEmbd(),
            architecture.nHead(),
            architecture.nInner(),
            architecture.parameters(),
            info.paletteDigest() == null ? "none: reads tokens only" : info.paletteDigest(),
            info.digest());
  }
}
