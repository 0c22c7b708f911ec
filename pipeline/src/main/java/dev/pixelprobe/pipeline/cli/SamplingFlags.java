package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.model.SamplingOptions;
import picocli.CommandLine.Option;

/** How tokens are drawn. */
final class SamplingFlags {
  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1",
      description = "divides the logits; 0 takes the likeliest token always; default 1")
  private double temperature = 1;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "40",
      description = "draw among the K likeliest tokens; 0 for all; default ${DEFAULT-VALUE}")
  private int topK = 40;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1",
      description = "of those, among the likeliest that together have probability P; default 1")
  private double topP = 1;

  /**
   * Checked.
   *
   * @param seed another seed, other images
   */
  SamplingOptions options(long seed) {
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException("--temperature: expected 0 or more, got " + temperature);
    }
    if (topK < 0) {
      throw new InvalidInputException(
          "--top-k: expected 1 or more, or 0 for all colours, got " + topK);
    }
    if (!(topP > 0 && topP <= 1)) {
      throw new InvalidInputException("--top-p: expected above 0 and at most 1, got " + topP);
    }
    return new SamplingOptions(temperature, topK, topP, seed);
  }
}
