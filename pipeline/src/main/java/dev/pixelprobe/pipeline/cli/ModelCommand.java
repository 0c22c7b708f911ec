package dev.pixelprobe.pipeline.cli;

import picocli.CommandLine.Command;

/** Models: bring them in, look at them. */
@Command(
    name = "model",
    description = "Import a checkpoint, or show what a model is.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ModelImportCommand.class, ModelInspectCommand.class})
final class ModelCommand {}
