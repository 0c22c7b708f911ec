package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.InvalidInputException;
import dev.pixelprobe.pipeline.extract.BatchSize;
import picocli.CommandLine.Option;

/** How many images at once. */
final class BatchOption {
  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "32",
      description =
          "images that go through the model at once, fewer for large models; default"
              + " ${DEFAULT-VALUE}")
  private int images = 32;

  BatchSize size() {
    if (images < 1) {
      throw new InvalidInputException("--batch-size: expected 1 or more, got " + images);
    }
    return BatchSize.DEFAULT.withImages(images);
  }

  int images(Architecture architecture) {
    return size().imagesFor(architecture);
  }
}
