package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.storage.CloudPath;
import java.util.List;

/**
 * How the program was called.
 *
 * @param arguments all of them, as typed
 * @param beam those after a lone {@code --}
 */
record Invocation(List<String> arguments, List<String> beam) {
  Invocation {
    arguments = List.copyOf(arguments);
    beam = List.copyOf(beam);
  }

  /** Whether anything is to be read from Cloud Storage or written to it. */
  boolean mentionsCloud() {
    return arguments.stream().anyMatch(argument -> argument.contains("gs:"))
        || CloudPath.isOne(UserCache.shared());
  }

  /** The command line, to be typed again. */
  String commandLine() {
    return "pixelprobe " + String.join(" ", arguments);
  }
}
