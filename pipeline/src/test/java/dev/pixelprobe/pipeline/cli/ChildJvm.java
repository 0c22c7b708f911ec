package dev.pixelprobe.pipeline.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program with this test's class path in a process of its own. */
final class ChildJvm {
  private ChildJvm() {}

  /**
   * Starts it.
   *
   * @param log what it prints
   */
  static Process start(Class<?> main, Path log, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-Dpixelprobe.cache=" + Cli.CACHE));
    command.addAll(List.of("-Dorg.bytedeco.javacpp.maxBytes=0"));
    command.addAll(List.of("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }
}
