package dev.pixelprobe.pipeline.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What a SavedModel directory holds. */
@Command(
    name = "inspect",
    description = "Show a model's size, layers, palette and digest.",
    mixinStandardHelpOptions = true)
final class ModelInspectCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR|gs://..",
      description = "a SavedModel directory, or a bundled model's name")
  private String model;

  @Override
  public Integer call() throws IOException {
    System.out.print(ModelSummary.of(ModelOption.named(model).info()));
    return 0;
  }
}
