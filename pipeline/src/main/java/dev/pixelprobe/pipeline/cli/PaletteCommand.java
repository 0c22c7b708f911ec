package dev.pixelprobe.pipeline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Palettes: the colours that tokens stand for. */
@Command(
    name = "palette",
    description = "Fit a palette to the colours of a data set.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = PaletteFitCommand.class)
final class PaletteCommand {
  @ParentCommand private Main main;

  Invocation invocation() {
    return main.invocation();
  }
}
