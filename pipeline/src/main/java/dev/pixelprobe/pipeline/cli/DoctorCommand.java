package dev.pixelprobe.pipeline.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;

/** What works on this machine. */
@Command(
    name = "doctor",
    description = "Show what works on this machine, what is missing, and what to do.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final int ENVIRONMENT = 3;

  private static final List<Supplier<Finding>> CHECKS =
      List.of(
          MachineChecks::java,
          MachineChecks::memory,
          MachineChecks::disk,
          MachineChecks::cpu,
          MachineChecks::gpu,
          NativeChecks::tensorFlow,
          NativeChecks::openBlas);

  @Override
  public Integer call() {
    boolean failed = false;
    for (Supplier<Finding> check : CHECKS) {
      Finding finding = check.get();
      System.out.println(finding.line());
      failed |= finding.status() == Finding.Status.FAIL;
    }
    return failed ? ENVIRONMENT : 0;
  }
}
