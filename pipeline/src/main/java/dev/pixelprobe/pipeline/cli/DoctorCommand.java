package dev.pixelprobe.pipeline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** What works on this machine. */
@Command(
    name = "doctor",
    description = "Show what works on this machine, what is missing, and what to do.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
