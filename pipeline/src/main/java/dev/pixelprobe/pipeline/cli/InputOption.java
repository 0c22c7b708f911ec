package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.model.Architecture;
import dev.pixelprobe.model.InputReading;
import picocli.CommandLine.Option;

/** How pixels enter the model. */
final class InputOption {
  @Option(
      names = "--input",
      paramLabel = "sos|hf",
      defaultValue = "sos",
      description =
          "after a start token as in OpenAI's code (sos), or without one as in HuggingFace's (hf);"
              + " a BERT model has no start token, and reads the same either way; default"
              + " ${DEFAULT-VALUE}")
  private InputReading reading = InputReading.SOS;

  InputReading reading(Architecture architecture) {
    return architecture.effective(reading);
  }
}
