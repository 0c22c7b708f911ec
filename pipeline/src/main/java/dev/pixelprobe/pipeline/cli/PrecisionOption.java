package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.Precision;
import picocli.CommandLine.Option;

/** The model's arithmetic. */
final class PrecisionOption {
  @Option(
      names = "--precision",
      paramLabel = "f32|bf16",
      defaultValue = "f32",
      description =
          "float32 throughout (f32), or matrix products in bfloat16 (bf16), meant for GPUs and CPUs"
              + " with AMX or AVX-512 BF16; default ${DEFAULT-VALUE}")
  private Precision precision = Precision.F32;

  Precision precision() {
    return precision;
  }
}
