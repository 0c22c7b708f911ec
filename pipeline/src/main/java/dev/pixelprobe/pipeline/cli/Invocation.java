package dev.pixelprobe.pipeline.cli;

import dev.pixelprobe.pipeline.storage.CloudPath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the program was called.
 *
 * @param arguments all of them, as typed
 * @param beam those after a lone {@code --}
 */
record Invocation(List<String> arguments, List<String> beam) {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

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
    return arguments.stream()
        .map(Invocation::quoted)
        .collect(Collectors.joining(" ", "pixelprobe ", ""));
  }

  /** The call of {@code run} that does one part of this one, with the same options of Beam. */
  Invocation ofRun(List<String> flags) {
    List<String> all = new ArrayList<>(List.of("run"));
    all.addAll(flags);
    if (!beam.isEmpty()) {
      all.add("--");
      all.addAll(beam);
    }
    return new Invocation(all, beam);
  }

  private static String quoted(String argument) {
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
